import { deflateRawSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { readZip, ZipError, type ZipFault, type ZipLimits } from "../../functions/kit/zip/zip.ts";
import {
  extraField,
  sourceOf,
  u16,
  u32,
  u64,
  unicodePath,
  zip,
  type EndSpec,
  type EntrySpec,
} from "../support/zip.ts";

const HELLO: EntrySpec = { name: "hello.txt", content: "hello hello hello" };

/** The fault for which an archive is refused, be it only when its entries are opened. */
async function faultOf(bytes: Buffer, limits: Partial<ZipLimits> = {}): Promise<ZipFault | "none"> {
  try {
    const archive = await readZip(sourceOf(bytes), limits);
    for (const entry of archive.entries) await archive.open(entry);
    return "none";
  } catch (error) {
    if (!(error instanceof ZipError)) throw error;
    return error.fault;
  }
}

describe("what is refused", () => {
  const good = zip([HELLO]);
  const bad: [fault: ZipFault, what: string, bytes: Buffer, limits?: Partial<ZipLimits>][] = [
    ["notZip", "nothing", Buffer.of()],
    ["notZip", "another kind of file", Buffer.from("MZ a program, not an archive")],
    ["truncated", "half an archive", good.subarray(0, good.length >> 1)],
    ["truncated", "no last byte of the comment", zip([HELLO], { comment: "comment" }).subarray(0, -1)],
    ["truncated", "an archive without its beginning", good.subarray(10)],
    ["trailing", "bytes behind the end", zip([HELLO], { suffix: Buffer.from("\n") })],
    ["prepended", "a program in front", zip([HELLO], { prefix: Buffer.from("MZ") })],
    ["prepended", "a program in front that offsets count", zipBehind(Buffer.from("MZ"))],
    ["prepended", "bytes behind the directory", zip([HELLO], { fields: { size: 54 } })],
    ["ambiguous", "an archive in the comment", zip([HELLO], { comment: zip([]) })],
    ["multiDisk", "the last of several parts", zip([HELLO], { fields: { disk: 1, directoryDisk: 1 } })],
    ["multiDisk", "part of a directory", zip([HELLO], { fields: { countHere: 0 } })],
    ["multiDisk", "an entry in another part", zip([{ ...HELLO, central: { disk: 2 } }])],
    ["numberTooLarge", "an offset of 2^53", zip([HELLO], { zip64: true, fields: { start: 2 ** 53 } })],
    ["numberTooLarge", "a size of 2^64 - 1", zip([withZip64(u64(-1))])],
    [
      "tooManyEntries",
      "one more than allowed",
      zip([HELLO, { name: "b" }, { name: "c" }]),
      { maxEntries: 2 },
    ],
    [
      "tooManyEntries",
      "2^40 entries",
      zip([], { zip64: true, fields: { count: 2 ** 40, countHere: 2 ** 40 } }),
    ],
    ["directoryTooLarge", "a byte more than allowed", good, { maxDirectoryBytes: 46 + 9 - 1 }],
    ["badDirectory", "more entries than counted", zip([HELLO, { name: "b" }], { fields: counted(1) })],
    ["badDirectory", "fewer entries than counted", zip([HELLO], { fields: counted(2) })],
    ["badDirectory", "another signature", zip([{ ...HELLO, central: { signature: 0x02014b51 } }])],
    ["badDirectory", "no zip64 field", zip([{ ...HELLO, central: { size: 0xffff_ffff } }])],
    ["badDirectory", "a zip64 field too short", zip([withZip64(u32(1))])],
    ["badDirectory", "two zip64 fields", zip([withZip64(u64(17), extraField(1, u64(18)))])],
    ["badDirectory", "an extra field cut off", zip([{ ...HELLO, extra: u16(0xcafe, 9) }])],
    ["badDirectory", "zip64 that says otherwise", zip64Contradiction()],
    ["badDirectory", "zip64 that is elsewhere", zip64Elsewhere()],
    ["encrypted", "by password", zip([{ ...HELLO, central: { flags: 0x0801 } }])],
    ["encrypted", "strongly", zip([{ ...HELLO, central: { flags: 0x0840 } }])],
    ["encrypted", "with masked headers", zip([{ ...HELLO, central: { flags: 0x2800 } }])],
    ["method", "bzip2", zip([{ ...HELLO, central: { method: 12 } }])],
    ["method", "patch data", zip([{ ...HELLO, central: { flags: 0x0820 } }])],
    ["special", "a symbolic link", zip([{ ...HELLO, central: { attributes: 0o120777 * 0x10000 } }])],
    [
      "special",
      "a symbolic link, made on DOS",
      zip([{ ...HELLO, central: { madeBy: 20, attributes: 0o120777 * 0x10000 } }]),
    ],
    ["special", "a device", zip([{ ...HELLO, central: { attributes: 0o020666 * 0x10000 } }])],
    ["special", "a folder that is a file", zip([{ ...HELLO, central: { attributes: 0o040755 * 0x10000 } }])],
    ["special", "a reparse point", zip([{ ...HELLO, central: { attributes: 0x400 } }])],
    ["overlap", "two entries of one place", zip([HELLO, { ...HELLO, name: "b", central: { offset: 0 } }])],
    ["overlap", "an entry within another", nested()],
    ["overlap", "data that reach into the directory", zip([{ ...HELLO, central: larger(200) }])],
    ["overlap", "an entry behind the directory", zip([{ ...HELLO, central: { offset: 10_000 } }])],
    ["overlap", "local fields that reach into the next entry", longLocalFields()],
    ["sizes", "stored, and of two sizes", zip([{ ...HELLO, stored: true, central: { size: 18 } }])],
    ["sizes", "more than deflate can do", zip([{ ...HELLO, central: { size: 1_000_000 } }])],
    ["sizes", "a folder with content", zip([{ name: "folder/", content: "x" }])],
    [
      "sizes",
      "one byte fewer than come out",
      zip([{ ...HELLO, central: { size: 16 }, local: { size: 16 } }]),
    ],
    ["sizes", "one byte more than come out", zip([{ ...HELLO, central: { size: 18 }, local: { size: 18 } }])],
    ["sizes", "more data than are used", zip([{ ...HELLO, central: larger(1), local: larger(1) }], GAP)],
    ["sizes", "headers that differ", zip([{ ...HELLO, local: { size: 16 } }])],
    ["sizes", "checksums that differ", zip([{ ...HELLO, local: { crc: 1 } }])],
    ["sizes", "a descriptor that differs", zip([{ ...HELLO, descriptor: "wrong" }])],
    ["sizes", "no descriptor", zip([{ ...HELLO, central: { flags: 0x0808 }, local: { flags: 0x0808 } }])],
    ["ratio", "a bomb of one file", bomb()],
    ["nameNotUtf8", "Latin-1 under the UTF-8 flag", zip([{ ...HELLO, name: Buffer.from([0x61, 0xe4]) }])],
    ["nameNotUtf8", "half a surrogate pair", zip([{ ...HELLO, name: Buffer.from([0xed, 0xa0, 0x80]) }])],
    ["nameTooLong", "1,025 bytes", zip([{ ...HELLO, name: "a".repeat(1025) }])],
    ["twoNames", "a Unicode Path that hides another", zip([renamed("../evil")])],
    ["controlCharacter", "NUL", zip([{ ...HELLO, name: "a\0b" }])],
    ["controlCharacter", "a line feed", zip([{ ...HELLO, name: "a\nb" }])],
    ["controlCharacter", "a C1 character", zip([{ ...HELLO, name: "a\u0085b" }])],
    ["backslash", "or half of a character", zip([codePage(0x95, 0x5c)])],
    ["drive", "a drive letter", zip([{ ...HELLO, name: "C:/a" }])],
    ["drive", "a drive letter with a backslash", zip([{ ...HELLO, name: "C:\\a" }])],
    ["drive", "a drive letter without a slash", zip([{ ...HELLO, name: "c:a" }])],
    ["drive", "a stream of a file", zip([{ ...HELLO, name: "a.dll::$DATA" }])],
    ["absolute", "from the root", zip([{ ...HELLO, name: "/etc/passwd" }])],
    ["absolute", "a share", zip([{ ...HELLO, name: "//server/share" }])],
    ["absolute", "from the root by a backslash", zip([{ ...HELLO, name: "\\a" }])],
    ["absolute", "a share by backslashes", zip([{ ...HELLO, name: "\\\\server\\share" }])],
    ["absolute", "behind a dot", zip([{ ...HELLO, name: ".//a" }])],
    ["emptySegment", "no name", zip([{ ...HELLO, name: "" }])],
    ["emptySegment", "a double slash", zip([{ ...HELLO, name: "a//b" }])],
    ["emptySegment", "a folder's double slash", zip([{ name: "a//" }])],
    ["dotSegment", "up", zip([{ ...HELLO, name: "../a" }])],
    ["dotSegment", "up from within", zip([{ ...HELLO, name: "a/../../b" }])],
    ["dotSegment", "up at the end", zip([{ ...HELLO, name: "a/.." }])],
    ["dotSegment", "up by a backslash", zip([{ ...HELLO, name: "..\\a" }])],
    ["dotSegment", "up from within by backslashes", zip([{ ...HELLO, name: "a\\..\\..\\b" }])],
    ["dotSegment", "up behind a dot", zip([{ ...HELLO, name: "./../a" }])],
    ["dotSegment", "here, within", zip([{ ...HELLO, name: "a/./b" }])],
    ["dotSegment", "here, and a file", zip([{ ...HELLO, name: "." }])],
    ["dotSegment", "up for those that drop spaces", zip([{ ...HELLO, name: ".. /a" }])],
    ["duplicate", "twice the same", zip([HELLO, HELLO])],
    ["duplicate", "by case", zip([HELLO, { ...HELLO, name: "Hello.TXT" }])],
    ["duplicate", "by separator and case", zip([{ name: "a/b" }, { name: "A\\B" }])],
    ["duplicate", "by a dot in front", zip([{ name: "a" }, { name: "./a" }])],
    ["duplicate", "by case beyond ASCII", zip([{ name: "Ä" }, { name: "ä" }])],
    ["duplicate", "by composition", zip([{ name: "\u00e4" }, { name: "a\u0308" }])],
    ["duplicate", "by a dot that Windows drops", zip([{ name: "a.dll" }, { name: "a.dll." }])],
    ["duplicate", "a file and a folder", zip([{ name: "a" }, { name: "a/" }])],
    [
      "duplicate",
      "a file that another needs as folder",
      zip([{ name: "A" }, { name: "a!" }, { name: "a/b/c" }]),
    ],
    ["localHeader", "another signature", zip([{ ...HELLO, local: { signature: 0 } }])],
    ["localHeader", "another name", zip([{ ...HELLO, localName: "jello.txt" }])],
    ["localHeader", "a name of another length", zip([{ ...HELLO, localName: "hello" }], GAP)],
    ["localHeader", "another method", zip([{ ...HELLO, local: { method: 0 } }])],
    ["localHeader", "other flags", zip([{ ...HELLO, local: { flags: 0 } }])],
    ["entryTooLarge", "inflated", zip([{ ...HELLO, content: "a".repeat(1_001) }]), { maxOpenedBytes: 1_000 }],
    ["damaged", "another checksum", zip([{ ...HELLO, central: { crc: 1 }, local: { crc: 1 } }])],
    ["damaged", "no deflate stream", damaged()],
  ];
  test.each(bad)("%s: %s", async (fault, _, bytes, limits) => {
    expect(await faultOf(bytes, limits)).toBe(fault);
  });

  test("of two entries in conflict both names are told", async () => {
    const refusal = readZip(sourceOf(zip([HELLO, { ...HELLO, name: "HELLO.txt" }])));
    await expect(refusal).rejects.toMatchObject({ details: { entry: "HELLO.txt", other: "hello.txt" } });
  });

  test("what the source throws passes through", async () => {
    const read = () => Promise.reject(new Error("the bucket is away"));
    await expect(readZip({ size: 100, read })).rejects.toThrow("the bucket is away");
  });
});

const GAP: EndSpec = { gap: Buffer.alloc(64) };

function counted(count: number) {
  return { count, countHere: count };
}

/** Fields of sizes that are `more` than those of HELLO deflated. */
function larger(more: number) {
  return { compressedSize: deflateRawSync(Buffer.from(String(HELLO.content))).length + more };
}

function withZip64(data: Buffer, more: Buffer = Buffer.of()): EntrySpec {
  const extra = Buffer.concat([extraField(1, data), more]);
  return { ...HELLO, central: { size: 0xffff_ffff }, extra };
}

/** A name that does not say that it is UTF-8. */
function codePage(...bytes: number[]): EntrySpec {
  const flags = { flags: 0 };
  return { ...HELLO, name: Buffer.from(bytes), central: flags, local: flags };
}

function renamed(name: string): EntrySpec {
  const flags = { flags: 0 };
  return { ...HELLO, central: flags, local: flags, extra: unicodePath(HELLO.name, name) };
}

/** An archive whose offsets count what stands in front of it. */
function zipBehind(prefix: Buffer): Buffer {
  const start = zip([HELLO]).length - 22 - 46 - 9 + prefix.length;
  return zip([{ ...HELLO, central: { offset: prefix.length } }], { prefix, fields: { start } });
}

/** The second entry is the content of the first, which is stored. */
function nested(): Buffer {
  const inner = zip([{ name: "b", stored: true }]).subarray(0, 31);
  return zip([
    { name: "a", content: inner, stored: true },
    { name: "b", stored: true, central: { offset: 31 } },
  ]);
}

/** A local header that counts the data and the next entry's header to its extra fields. */
function longLocalFields(): Buffer {
  const bytes = zip([{ ...HELLO, stored: true }, { name: "b" }]);
  bytes.writeUInt16LE(17, 28);
  return bytes;
}

/** Old readers are shown one directory, those of zip64 another. */
function zip64Contradiction(): Buffer {
  const bytes = zip([HELLO], { zip64: true });
  bytes.writeUInt16LE(0, bytes.length - 22 + 10);
  return bytes;
}

function zip64Elsewhere(): Buffer {
  const bytes = zip([HELLO], { zip64: true });
  bytes.writeUInt32LE(0, bytes.length - 22 - 20 + 8);
  return bytes;
}

function bomb(): Buffer {
  const size = 17 * 1024 * 1024;
  return zip([{ name: "bomb", content: Buffer.alloc(size) }]);
}

/** A block type that deflate does not have. */
function damaged(): Buffer {
  const bytes = zip([HELLO]);
  bytes[30 + 9] = 0x07;
  return bytes;
}
