import { buffer } from "node:stream/consumers";
import { describe, expect, test } from "vitest";
import { answerRanges } from "../../functions/feeds/files/multipart-ranges.ts";
import { SERVED_TYPE } from "../../functions/storage/storage.ts";
import { readByteRanges } from "../support/byteranges.ts";
import { useDomain, type Domain } from "../support/domain.ts";
import { content } from "../support/domain/packages.ts";

const openDomain = useDomain();
const KIB = 1024;

/** An object in the bucket, and the reads of it. */
async function stored(domain: Domain, size: number) {
  const bytes = content(size);
  await domain.deps.storage.put("object", bytes, { contentType: SERVED_TYPE });
  const reads: string[] = [];
  const { storage } = domain.deps;
  const get: typeof storage.get = (key, options) => {
    const { start = 0, end = 0 } = options?.range ?? {};
    reads.push(`${start}-${end}`);
    return storage.get(key, options);
  };
  const ctx = domain.isolate({ storage: { ...storage, get } });
  const answer = (...ranges: [number, number][]) =>
    answerRanges(
      ctx,
      { objectKey: "object", size, contentType: SERVED_TYPE },
      ranges.map(([start, end]) => ({ start, end })),
    );
  return { bytes, reads, answer };
}

describe("several ranges in one body", () => {
  test.for([
    [
      "side by side",
      [
        [0, 9],
        [10, 19],
        [20, 20],
      ],
      1,
    ],
    [
      "with gaps",
      [
        [5, 5],
        [100, 299],
        [40_000, 49_999],
      ],
      1,
    ],
    [
      "with a wide gap",
      [
        [0, 9],
        [300_000, 300_009],
        [300_100, 300_109],
      ],
      2,
    ],
    [
      "backwards",
      [
        [200_000, 200_099],
        [100, 199],
        [0, 9],
      ],
      3,
    ],
    [
      "overlapping",
      [
        [0, 99],
        [50, 149],
        [50, 149],
      ],
      3,
    ],
    [
      "the whole file, and its last byte",
      [
        [0, 399_999],
        [399_999, 399_999],
      ],
      2,
    ],
  ] as [string, [number, number][], number][])("%s: each as it is asked for", async ([, ranges, reads]) => {
    const domain = await openDomain();
    const object = await stored(domain, 400_000);
    const { body, length, contentType } = object.answer(...ranges);
    const sent = await buffer(body);
    expect(sent.length).toBe(length);
    expect(readByteRanges(contentType, sent)).toEqual(
      ranges.map(([start, end]) => ({
        type: SERVED_TYPE,
        start,
        end,
        size: 400_000,
        bytes: Buffer.from(object.bytes.subarray(start, end + 1)),
      })),
    );
    expect(object.reads).toHaveLength(reads);
  });

  test("a thousand of them, in a few reads", async () => {
    const domain = await openDomain();
    const object = await stored(domain, 1000 * KIB);
    const ranges = Array.from({ length: 1000 }, (_, at): [number, number] => [at * KIB, at * KIB + 99]);
    const { body, length, contentType } = object.answer(...ranges);
    const sent = await buffer(body);
    expect(sent.length).toBe(length);
    const parts = readByteRanges(contentType, sent);
    expect(Buffer.concat(parts.map(({ bytes }) => bytes))).toEqual(
      Buffer.concat(ranges.map(([start, end]) => object.bytes.subarray(start, end + 1))),
    );
    expect(object.reads).toHaveLength(1);
  });

  test("is read from the bucket while it is read, and no further", async () => {
    const domain = await openDomain();
    const object = await stored(domain, 600_000);
    const reader = object.answer([0, 9], [300_000, 300_009], [599_990, 599_999]).body.getReader();
    await reader.read();
    await reader.cancel();
    expect(object.reads).not.toContain("599990-599999");
  });

  test("breaks off where the object is gone", async () => {
    const domain = await openDomain();
    const object = await stored(domain, 1000);
    await domain.deps.storage.delete("object");
    await expect(buffer(object.answer([0, 9], [20, 29]).body)).rejects.toThrow("gone");
  });
});
