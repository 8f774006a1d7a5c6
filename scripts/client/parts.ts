import type { SentPart } from "./uploads-api.ts";

type Uploaded = {
  part_count: number;
  method: "single" | "multipart";
  etags: Record<string, string>;
  digests?: Record<string, string>;
};

/** Numbers of the parts that are still to be sent, in ascending order. */
export function missingParts({ part_count, etags }: Uploaded): number[] {
  return Array.from({ length: part_count }, (_, index) => index + 1).filter(
    (number) => etags[number] === undefined,
  );
}

/** The parts that `complete` lists; undefined for an upload by a single PUT. */
export function partList({ method, etags, digests = {} }: Uploaded): SentPart[] | undefined {
  if (method === "single") return undefined;
  return Object.entries(etags)
    .map(([number, etag]) => ({ part_number: Number(number), etag, sha256: digests[number] }))
    .toSorted((a, b) => a.part_number - b.part_number);
}
