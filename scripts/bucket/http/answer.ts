/** Bytes of a data file, first and last included. */
export type Range = { start: number; end: number };

/** The part of an answer that comes from one data file: its ranges, with text between them where there are several. */
export type FileBody = {
  /** Where the file is. */
  path: string;
  /** Its path below the folder of all data files. */
  name: string;
  segments: (Range | string)[];
  /** Says that the file is no longer read. Until then it stays, whatever happens to its object. */
  release: () => void;
};

export type Answer = { status: number; headers?: Record<string, string>; body?: string | FileBody };

/** Bytes of a body. */
export function lengthOf(body: Answer["body"]): number {
  if (body === undefined) return 0;
  if (typeof body === "string") return Buffer.byteLength(body);
  return body.segments.reduce((sum, segment) => sum + segmentBytes(segment), 0);
}

function segmentBytes(segment: Range | string): number {
  return typeof segment === "string" ? Buffer.byteLength(segment) : segment.end - segment.start + 1;
}
