import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { ZipFile as Yazl } from "yazl";
import { readZip } from "../../functions/kit/zip/zip.ts";
import {
  extraField,
  sourceOf,
  unicodePath,
  zip,
  zipPieces,
  type EndSpec,
  type EntrySpec,
} from "../support/zip.ts";

const HELLO: EntrySpec = { name: "hello.txt", content: "hello hello hello" };

/** The names and contents of an archive, folders left out. */
async function unpack(bytes: Buffer): Promise<Record<string, string>> {
  const archive = await readZip(sourceOf(bytes));
  const files = archive.entries.filter(({ isFolder }) => !isFolder);
  const contents = files.map(async (entry) => [
    entry.name,
    Buffer.from(await archive.open(entry)).toString(),
  ]);
  return Object.fromEntries(await Promise.all(contents));
}

describe("what tools write", () => {
  test.each([
    ["deflated", { compress: true }],
    ["stored", { compress: false }],
    ["zip64", { forceZip64Format: true }],
    ["streamed, so that sizes come behind the data", { compress: true, streamed: true }],
    ["streamed, zip64", { compress: true, streamed: true, forceZip64Format: true }],
  ])("a real writer's archive, %s", async (_, { streamed, ...options }: Record<string, boolean>) => {
    const writer = new Yazl();
    writer.addEmptyDirectory("folder");
    const add = (name: string, content: string) => {
      if (!streamed) return writer.addBuffer(Buffer.from(content), name, options);
      return writer.addReadStreamLazy(name, options, (give) =>
        give(null, Readable.from([Buffer.from(content)])),
      );
    };
    add("folder/b.txt", "b".repeat(5_000));
    add("插件.txt", "内容");
    writer.end({ comment: "a comment", forceZip64Format: options.forceZip64Format ?? false });
    const chunks: Buffer[] = [];
    for await (const chunk of writer.outputStream) chunks.push(chunk as Buffer);
    expect(await unpack(Buffer.concat(chunks))).toEqual({
      "folder/b.txt": "b".repeat(5_000),
      "插件.txt": "内容",
    });
  });

  const archives: [what: string, entries: EntrySpec[], end?: EndSpec][] = [
    ["stored", [{ ...HELLO, stored: true }]],
    ["deflated", [HELLO]],
    ["the longest comment", [HELLO], { comment: Buffer.alloc(0xffff, "x") }],
    ["a comment that begins as an end record does", [HELLO], { comment: Buffer.from("PK\x05\x06 and more") }],
    ["zip64", [{ ...HELLO, zip64: true }], { zip64: true }],
    ["zip64 in the directory alone", [HELLO], { zip64: true, comment: Buffer.alloc(0xffff, "x") }],
    ["a descriptor", [{ ...HELLO, descriptor: "signed" }]],
    ["a descriptor without its signature", [{ ...HELLO, descriptor: "plain" }]],
    ["a descriptor of 64 bits", [{ ...HELLO, descriptor: "wide", zip64: true }]],
    ["long local fields", [{ ...HELLO, localExtra: extraField(0xcafe, Buffer.alloc(60_000)) }]],
    ["padding behind extra fields", [{ ...HELLO, extra: Buffer.alloc(3) }]],
    ["a gap before the directory", [HELLO], { gap: Buffer.alloc(100, "signature") }],
    ["unix modes", [{ ...HELLO, central: { attributes: 0o100644 * 0x10000 } }]],
    ["a compression level in one header", [{ ...HELLO, local: { flags: 0x0802 } }]],
    ["empty", [{ name: "hello.txt" }]],
  ];
  test.each(archives)("%s", async (_, entries, end) => {
    const bytes = zip(entries, end);
    const content = entries[0]?.content ?? "";
    expect(await unpack(bytes)).toEqual({ "hello.txt": content });
  });

  test("an archive of nothing", async () => {
    expect(await unpack(zip([]))).toEqual({});
  });

  test("folders, and files in folders that have no entry", async () => {
    const archive = await readZip(sourceOf(zip([{ name: "a/" }, { name: "a/b/c" }, { name: "a/b.c" }])));
    expect(archive.entries.map(({ name, isFolder }) => [name, isFolder])).toEqual([
      ["a/", true],
      ["a/b/c", false],
      ["a/b.c", false],
    ]);
  });

  test("backslashes, and a dot in front, are the paths that are meant", async () => {
    const entries = ["./", ".\\bin\\", "bin\\a.dll", "./plugin.json", ".\\x\\插件\\b.txt"];
    const archive = await readZip(sourceOf(zip(entries.map((name) => ({ name })))));
    expect(archive.entries.map(({ name, isFolder }) => [name, isFolder])).toEqual([
      ["./", true],
      ["bin/", true],
      ["bin/a.dll", false],
      ["plugin.json", false],
      ["x/插件/b.txt", false],
    ]);
    const flags = { flags: 0 };
    const oem = Buffer.from([0x81, 0x2e, 0x5c, 0x61]);
    const unflagged: EntrySpec = { name: oem, content: "x", central: flags, local: flags };
    expect(await unpack(zip([unflagged]))).toEqual({ "ü./a": "x" });
    const both: EntrySpec = { ...unflagged, name: "a\\b", extra: unicodePath("a\\b", "a/b") };
    expect(await unpack(zip([both]))).toEqual({ "a/b": "x" });
  });

  test("names in other code pages, and their Unicode Path", async () => {
    const oem = Buffer.from([0x81, 0x2e, 0x74, 0x78, 0x74]);
    const flags = { flags: 0 };
    const plain: EntrySpec = { name: oem, content: "x", central: flags, local: flags };
    expect(Object.keys(await unpack(zip([plain])))).toEqual(["ü.txt"]);
    expect(Object.keys(await unpack(zip([{ ...plain, extra: unicodePath(oem, "插.txt") }])))).toEqual([
      "插.txt",
    ]);
    // A field of another name's is from before a renaming.
    expect(Object.keys(await unpack(zip([{ ...plain, extra: unicodePath(HELLO.name, "插.txt") }])))).toEqual([
      "ü.txt",
    ]);
    const unflagged: EntrySpec = { name: "插件.txt", content: "x", central: flags, local: flags };
    expect(Object.keys(await unpack(zip([unflagged])))).toEqual(["插件.txt"]);
  });
});

describe("how much is read", () => {
  const MIB = 1024 * 1024;

  test("nothing but the tail of a small archive", async () => {
    const source = sourceOf(zip([HELLO]));
    const archive = await readZip(source);
    for (const entry of archive.entries) await archive.open(entry);
    expect([source.reads, source.bytes]).toEqual([1, source.size]);
  });

  test.each<[string, EndSpec, boolean]>([
    ["plain", {}, false],
    ["zip64 with the longest comment", { zip64: true, comment: Buffer.alloc(0xffff) }, true],
  ])("a hundred MiB, %s", async (_, end, zip64) => {
    const many = Array.from({ length: 1_000 }, (_, index) => ({ name: `resources/${index}.png`, zip64 }));
    const filler = extraField(0xcafe, Buffer.alloc(5_000));
    const entries = [{ name: "big", content: 50 * MIB }, { ...HELLO, localExtra: filler }, ...many];
    const source = sourceOf(...zipPieces([...entries, { name: "b", content: 50 * MIB }], end));
    const archive = await readZip(source);
    const entry = archive.entries.find(({ name }) => name === HELLO.name);
    expect(entry && Buffer.from(await archive.open(entry)).toString()).toBe(HELLO.content);
    expect(source.size).toBeGreaterThan(100 * MIB);
    expect(source.reads).toBeLessThanOrEqual(5);
    expect(source.bytes).toBeLessThanOrEqual(200 * 1024);
  });

  test("an archive of 20 GiB, which only zip64 can describe", async () => {
    const huge = { name: "huge", content: 10 * 1024 * MIB, zip64: true };
    const last = { ...HELLO, zip64: true };
    const source = sourceOf(...zipPieces([huge, { ...huge, name: "huger" }, last], { zip64: true }));
    const archive = await readZip(source);
    expect(archive.entries.map(({ size }) => size)).toEqual([10 * 1024 * MIB, 10 * 1024 * MIB, 17]);
    const entry = archive.entries[2];
    expect(entry && Buffer.from(await archive.open(entry)).toString()).toBe(HELLO.content);
    expect(source.bytes).toBeLessThanOrEqual(200 * 1024);
  });

  test("no directory that is too large, and no entry that is", async () => {
    const many = Array.from({ length: 3_000 }, (_, index) => ({ name: `${index}/${"x".repeat(1_000)}` }));
    const source = sourceOf(zip(many));
    await expect(readZip(source)).rejects.toMatchObject({ fault: "directoryTooLarge" });
    expect(source.bytes).toBeLessThan(70_000);

    const large = sourceOf(...zipPieces([{ name: "large", content: 2 * MIB }]));
    const archive = await readZip(large);
    const refusals = archive.entries.map((entry) => archive.open(entry));
    await expect(Promise.all(refusals)).rejects.toMatchObject({ fault: "entryTooLarge" });
    expect(large.reads).toBe(1);
  });

  test("no more comes out of an entry than it declares", async () => {
    const content = Buffer.alloc(20 * MIB);
    const lie = { size: 100_000, crc: 0 };
    const bytes = zip([{ name: "bomb", content, central: lie, local: lie }]);
    const archive = await readZip(sourceOf(bytes));
    const before = process.memoryUsage().arrayBuffers;
    const openings = archive.entries.map((entry) => archive.open(entry));
    await expect(Promise.all(openings)).rejects.toMatchObject({ fault: "sizes" });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(5 * MIB);
  });
});
