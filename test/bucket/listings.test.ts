import { ListObjectsCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startTestBucket, type TestBucket } from "../support/bucket.ts";
import { connect, type Connection } from "./client.ts";

let bucket: TestBucket;
let s3: Connection;
const Bucket = "packages";

beforeEach(async () => {
  bucket = await startTestBucket({ pageSize: 3 });
  s3 = connect(bucket);
});
afterEach(() => bucket.stop());

describe("listings", () => {
  beforeEach(async () => {
    for (const key of ["a", "b/1", "b/2", "b/c/3", "c", "c/x", "d é"]) await s3.put(key, key);
  });
  const pages = async (options: object) => {
    const seen: (string | undefined)[][] = [];
    let ContinuationToken: string | undefined;
    do {
      const page = await s3.client.send(new ListObjectsV2Command({ Bucket, ContinuationToken, ...options }));
      seen.push([
        ...(page.Contents ?? []).map(({ Key }) => Key),
        ...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix),
      ]);
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken !== undefined);
    return seen;
  };

  test("come by pages, folded by a delimiter, behind a key", async () => {
    expect(await pages({})).toEqual([["a", "b/1", "b/2"], ["b/c/3", "c", "c/x"], ["d é"]]);
    expect(await pages({ Delimiter: "/" })).toEqual([
      ["a", "c", "b/"],
      ["d é", "c/"],
    ]);
    expect(await pages({ Delimiter: "/", MaxKeys: 1 })).toEqual([["a"], ["b/"], ["c"], ["c/"], ["d é"]]);
    expect(await pages({ Delimiter: "/", Prefix: "b/" })).toEqual([["b/1", "b/2", "b/c/"]]);
    expect(await pages({ StartAfter: "c" })).toEqual([["c/x", "d é"]]);
    expect(await pages({ Prefix: "d", EncodingType: "url" })).toEqual([["d+%C3%A9"]]);
    expect(await pages({ MaxKeys: 0 })).toEqual([[]]);
  });

  test("of the first kind go on by markers", async () => {
    const first = await s3.client.send(new ListObjectsCommand({ Bucket, Delimiter: "/" }));
    expect([first.IsTruncated, first.NextMarker]).toEqual([true, "c"]);
    const rest = await s3.client.send(
      new ListObjectsCommand({ Bucket, Delimiter: "/", Marker: first.NextMarker }),
    );
    expect(rest.CommonPrefixes).toEqual([{ Prefix: "c/" }]);
  });
});
