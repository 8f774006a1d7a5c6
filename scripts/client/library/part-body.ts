import type * as node from "../part-body.ts";

/** A part of a Blob, and who is told of its bytes as they are sent. */
export type PartOfBlob = { blob: Blob; count: (bytes: number) => void };

/** Takes the place of ../part-body.ts where there are no files: a slice of a Blob can be sent as it is. */
export const partBody: typeof node.partBody = (content, start, size, count) => {
  if (typeof content === "string") throw new TypeError("Only a Blob can be sent.");
  const part: PartOfBlob = { blob: content.slice(start, start + size), count };
  return part as never;
};
