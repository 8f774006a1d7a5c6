/** Longer than the header of any zsync file. Bytes. */
export const ZSYNC_HEAD_BYTES = 16 * 1024;

/** Ends the header; checksums of blocks follow. */
const END = "\n\n";

/** The lines of a zsync file's header, and where it ends. */
export type ZsyncHead = {
  lines: string[];
  /** Of the header with the empty line behind it. Bytes. */
  length: number;
};

/**
 * Reads the header of a zsync file (http://zsync.moria.org.uk/paper200503, "control file").
 * @param bytes its beginning
 * @returns null where the header does not end in them, or they are no zsync file
 */
export function readZsyncHead(bytes: Uint8Array): ZsyncHead | null {
  const text = Buffer.from(bytes).toString("latin1");
  const end = text.indexOf(END);
  if (end === -1 || !/^zsync:/i.test(text)) return null;
  return { lines: text.slice(0, end).split("\n"), length: end + END.length };
}

/** The header with this address as that of the file, in place of all that it named. */
export function zsyncHeadAt({ lines }: ZsyncHead, url: string): Uint8Array {
  const others = lines.filter((line) => !/^url:/i.test(line));
  return Buffer.from(`${[...others, `URL: ${url}`].join("\n")}${END}`, "latin1");
}
