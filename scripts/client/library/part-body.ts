import type * as node from "../part-body.ts";

/** Takes the place of ../part-body.ts where there are no files: fetch can send a slice of a Blob as it is. */
export const partBody: typeof node.partBody = (content, start, size) => {
  if (typeof content === "string") throw new TypeError("Only a Blob can be sent.");
  return content.slice(start, start + size) as never;
};
