import { beforeAll, describe, expect, test } from "vitest";
import { bucketKeys } from "../support/behind.ts";
import { ownStack } from "../support/own-stack.ts";
import {
  beginUpload,
  complete,
  expectProblem,
  fetchBytes,
  listed,
  newBytes,
  newSoftware,
  ofUpload,
  putAll,
  putPart,
  sha256Of,
  untilSettled,
  type CreatedUpload,
} from "../support/publish.ts";

/** Up to here an upload is one PUT; above it goes by parts of half of it. */
const SINGLE_BYTES = 64 * 1024 * 1024;

const stack = ownStack({});
let whole: Uint8Array<ArrayBuffer>;
beforeAll(() => {
  whole = newBytes(SINGLE_BYTES + 1);
});

const begin = (bytes: Uint8Array) =>
  beginUpload(stack(), bytes, { software: newSoftware(), version: "1.0.0" });
const reserved = async () => {
  const { body } = await stack().request<{ stats: { temp_size: number } }>("/api/v1/storage/stats");
  return body.stats.temp_size;
};

test("exactly the largest single PUT is verified before the answer", async () => {
  const bytes = whole.subarray(1);
  const upload = await begin(bytes);
  expect(upload.method).toBe("single");
  await putAll(upload, bytes);
  const { status, body } = await complete(stack(), upload);
  expect(status).toBe(200);
  expect(body.result).toMatchObject({ file_size: SINGLE_BYTES, sha256: sha256Of(bytes) });
});

describe("one byte more", () => {
  test("parts out of order, an interruption, fresh URLs: the same bytes come back", async () => {
    const upload = await begin(whole);
    expect(upload.parts.map((part) => part.size)).toEqual([SINGLE_BYTES / 2, SINGLE_BYTES / 2, 1]);
    const [first, second, third] = upload.parts;
    if (!first || !second || !third) throw new Error("there are three");
    const etags = [await putPart(upload, third, whole), await putPart(upload, first, whole)];
    expectProblem(await complete(stack(), upload, { parts: etags }), 409, "UPLOAD_INCOMPLETE");
    expect((await ofUpload(stack(), upload)).body.state).toBe("pending");

    const resumed = await ofUpload<Pick<CreatedUpload, "parts">>(stack(), upload, "/parts", {
      json: { part_numbers: [2] },
    });
    const [again] = resumed.body.parts;
    if (!again) throw new Error("one was asked for");
    expect(again).toMatchObject({ part_number: 2, size: SINGLE_BYTES / 2 });
    etags.push(await putPart(upload, again, whole));

    const answer = await complete(stack(), upload, {
      parts: etags.map(({ part_number, etag }) => ({ part_number, etag })),
    });
    expect(answer.status, answer.text).toBe(202);
    expect(answer.body).toMatchObject({ state: "verifying", size: whole.length });
    const { state, result } = await untilSettled(stack(), upload);
    expect({ state, sha256: result?.sha256 }).toEqual({ state: "ready", sha256: sha256Of(whole) });
    const repeated = await complete(stack(), upload, {});
    expect({ status: repeated.status, result: repeated.body.result }).toEqual({ status: 200, result });
    expect(sha256Of(await fetchBytes(stack(), result?.download_url ?? ""))).toBe(sha256Of(whole));
    expect(await bucketKeys(stack(), "staging/")).toEqual([]);
  });

  test("parts that are missing, doubled, unknown or wrongly named do not complete it", async () => {
    const upload = await begin(whole);
    const sent = await putAll(upload, whole);
    const [a, b, c] = sent;
    if (!a || !b || !c) throw new Error("there are three");
    const incomplete = [
      [],
      [a, b],
      [a, a, c],
      [a, b, c, { part_number: 4, etag: c.etag }],
      [a, b, { part_number: 3, etag: '"0123456789abcdef0123456789abcdef"' }],
      [{ ...a, etag: b.etag }, { ...b, etag: a.etag }, c],
    ];
    for (const parts of incomplete) {
      expectProblem(await complete(stack(), upload, { parts }), 409, "UPLOAD_INCOMPLETE");
    }
    expectProblem(await complete(stack(), upload, {}), 400, "MISSING_PARAMETER");
    expect((await ofUpload(stack(), upload)).body.state).toBe("pending");

    const answer = await complete(stack(), upload, { parts: [c, b, a] });
    expect(answer.status, answer.text).toBe(202);
    expect((await untilSettled(stack(), upload)).state).toBe("ready");
  });

  test("wrong bytes are found out behind the answer: nothing listed, nothing left, quota back", async () => {
    const software = newSoftware();
    const declared = { sha256: sha256Of(newBytes()) };
    const before = await reserved();
    const upload = await beginUpload(stack(), whole, { software, version: "1.0.0" }, declared);
    expect(await reserved()).toBe(before + whole.length);
    const parts = await putAll(upload, whole);
    expect((await complete(stack(), upload, { parts })).status).toBe(202);
    expect(await untilSettled(stack(), upload)).toMatchObject({
      state: "rejected",
      error: "CHECKSUM_MISMATCH",
    });
    expectProblem(await complete(stack(), upload, { parts }), 422, "CHECKSUM_MISMATCH");
    expect(await reserved()).toBe(before);
    expect(await listed(stack(), software)).toEqual([]);
    expect(await bucketKeys(stack(), `staging/${upload.upload_id}`)).toEqual([]);
  });

  test("an abort gives the quota back and ends the parts", async () => {
    const before = await reserved();
    const upload = await begin(whole);
    const last = upload.parts.at(-1);
    if (!last) throw new Error("there are three");
    expect((await putPart(upload, last, whole)).status).toBe(200);
    await ofUpload(stack(), upload, "", { method: "DELETE" });
    expect(await reserved()).toBe(before);
    expect((await putPart(upload, last, whole)).status).toBeGreaterThanOrEqual(400);
  });
});
