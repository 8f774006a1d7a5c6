import type * as node from "../part-body.ts";

/** Stands for ../part-body.ts where there are no files: fetch takes the slice of a Blob as it is. */
export const partBody: typeof node.partBody = (content, start, size) => {
  if (typeof content === "string") throw new TypeError("Only a Blob can be sent.");
  return content.slice(start, start + size) as never;
};
