import { describe, expect, test } from "vitest";
import { execute } from "../support/behind.ts";
import {
  beginUpload,
  complete,
  createUpload,
  expectProblem,
  newBytes,
  newSoftware,
  ofUpload,
  publish,
  publishSigned,
  putAll,
  putWrong,
  sha256Of,
  uploadBody,
  type CreatedUpload,
} from "../support/publish.ts";
import { sharedStack } from "../support/stack.ts";

const stack = sharedStack();
const MIB = 1024 * 1024;

describe("beginning an upload", () => {
  test("a small one gets one URL that is signed for its length, type and content", async () => {
    const bytes = newBytes(1000);
    const md5 = Buffer.alloc(16).toString("base64");
    const more = { md5, content_type: "application/zip" };
    const upload = await beginUpload(stack, bytes, { software: newSoftware(), version: "1.0.0" }, more);
    expect(upload).toEqual({
      upload_id: expect.stringMatching(/^upl_[0-9a-z]{26}$/),
      upload_token: expect.stringMatching(/^upt_/),
      state: "pending",
      method: "single",
      part_size: 1000,
      part_count: 1,
      parts: [{ part_number: 1, size: 1000, url: expect.any(String), headers: expect.any(Object) }],
      expires_at: expect.stringMatching(/Z$/),
    });
    const [part] = upload.parts;
    const sha256 = Buffer.from(sha256Of(bytes), "hex").toString("base64");
    expect(part?.headers).toMatchObject({
      "content-type": "application/zip",
      "x-amz-checksum-sha256": sha256,
      "content-md5": md5,
    });
    const query = new URL(part?.url ?? "").searchParams;
    expect(query.get("X-Amz-SignedHeaders")?.split(";")).toEqual(
      expect.arrayContaining(["content-length", "content-type", "content-md5", "x-amz-checksum-sha256"]),
    );
    expect([...query.keys()].filter((name) => /checksum|crc32/i.test(name))).toEqual([]);
  });

  const layouts: [size: number, expected: Partial<CreatedUpload>, parts: number][] = [
    [1, { method: "single", part_size: 1, part_count: 1 }, 1],
    [64 * MIB, { method: "single", part_size: 64 * MIB, part_count: 1 }, 1],
    [64 * MIB + 1, { method: "multipart", part_size: 32 * MIB, part_count: 3 }, 3],
    [4000 * MIB, { method: "multipart", part_size: 32 * MIB, part_count: 125 }, 100],
  ];
  test.each(layouts)("%i bytes are laid out in parts that stores take", async (size, expected, parts) => {
    const body = { ...uploadBody(newBytes(1), { software: newSoftware(), version: "1.0.0" }), size };
    const { body: upload } = await createUpload(stack, body);
    expect(upload).toMatchObject(expected);
    expect(upload.parts).toHaveLength(parts);
    expect(new Set(upload.parts.map((part) => part.url)).size).toBe(parts);
    await ofUpload(stack, upload, "", { method: "DELETE" });
  });

  const wishes: [size: number, expected: Partial<CreatedUpload>][] = [
    [8 * MIB, { method: "single", part_size: 8 * MIB, part_count: 1 }],
    [8 * MIB + 1, { method: "multipart", part_size: 8 * MIB, part_count: 2 }],
    [4000 * MIB, { method: "multipart", part_size: 8 * MIB, part_count: 500 }],
  ];
  test.each(wishes)("%i bytes are laid out in parts of the size that is wanted", async (size, expected) => {
    const more = { size, part_size: 8 * MIB };
    const body = uploadBody(newBytes(1), { software: newSoftware(), version: "1.0.0" }, more);
    const { body: upload } = await createUpload(stack, body);
    expect(upload).toMatchObject(expected);
    await ofUpload(stack, upload, "", { method: "DELETE" });
  });

  test.each([5 * MIB - 1, 64 * MIB + 1])("parts of %i bytes are refused", async (part_size) => {
    const fields = { software: newSoftware(), version: "1.0.0" };
    const answer = await createUpload(stack, uploadBody(newBytes(), fields, { part_size }));
    expectProblem(answer, 400, "VALIDATION_ERROR");
  });

  test("a small file is published by parts too", async () => {
    const bytes = newBytes(6 * MIB);
    const fields = { software: newSoftware(), version: "1.0.0" };
    const upload = await beginUpload(stack, bytes, fields, { part_size: 5 * MIB });
    expect(upload.parts.map(({ size }) => size)).toEqual([5 * MIB, MIB]);
    const answer = await complete(stack, upload, { parts: await putAll(upload, bytes) });
    expect(answer.body).toMatchObject({ state: "ready", result: { sha256: sha256Of(bytes) } });
  });

  test("unknown fields are ignored", async () => {
    const fields = { software: newSoftware(), version: "1.0.0", colour: "blue" };
    const answer = await createUpload(stack, uploadBody(newBytes(), fields, { colour: "blue", parts: 7 }));
    expect(answer.status, answer.text).toBe(201);
  });

  test("the key may stand among the package's fields, as in the form", async () => {
    const fields = { software: newSoftware(), version: "1.0.0" };
    const send = (api_key: string) => {
      const withKey = { ...fields, package_type: "full", api_key };
      const json = uploadBody(newBytes(), fields, { package: withKey });
      return stack.request("/api/v1/uploads", { json });
    };
    expect((await send(stack.apiKey)).status).toBe(201);
    expectProblem(await send("wrong"), 401, "INVALID_API_KEY");
  });

  test("without a key nothing begins", async () => {
    const json = uploadBody(newBytes(), { software: newSoftware(), version: "1.0.0" });
    const answer = await stack.request("/api/v1/uploads", { json });
    expectProblem(answer, 401, "INVALID_API_KEY");
    expect(answer.headers.get("www-authenticate") ?? "").toMatch(/^Bearer\b/);
  });

  test("a taken place is refused now", async () => {
    const software = newSoftware();
    await publish(stack, { software, version: "1.0.0" });
    const answer = await createUpload(stack, uploadBody(newBytes(), { software, version: "1.0.0" }));
    expectProblem(answer, 409, "PACKAGE_EXISTS");
  });
});

describe("what can be refused is refused now", () => {
  const sha256 = "0".repeat(64);
  const top: [why: string, change: Record<string, unknown>, status: number, code: string][] = [
    ["an unknown kind", { kind: "firmware" }, 400, "VALIDATION_ERROR"],
    ["a kind of every object", { kind: "constructor" }, 400, "VALIDATION_ERROR"],
    ["no kind", { kind: undefined }, 400, "MISSING_PARAMETER"],
    ["no file name", { filename: undefined }, 400, "MISSING_PARAMETER"],
    ["no size", { size: undefined }, 400, "MISSING_PARAMETER"],
    ["no package", { package: undefined }, 400, "MISSING_PARAMETER"],
    ["a package that is no object", { package: "1.0.0" }, 400, "VALIDATION_ERROR"],
    ["a size in words", { size: "12" }, 400, "VALIDATION_ERROR"],
    ["half a byte", { size: 1.5 }, 400, "VALIDATION_ERROR"],
    ["less than nothing", { size: -1 }, 400, "VALIDATION_ERROR"],
    ["an empty file", { size: 0 }, 400, "EMPTY_FILE"],
    ["a size beyond counting", { size: 2 ** 60 }, 400, "VALIDATION_ERROR"],
    ["a file beyond MAX_PACKAGE_BYTES", { size: 50 * 1024 ** 3 + 1 }, 413, "FILE_TOO_LARGE"],
    ["a hash that is too short", { sha256: sha256.slice(1) }, 400, "VALIDATION_ERROR"],
    ["a hash that is no hex", { sha256: sha256.replace("0", "g") }, 400, "VALIDATION_ERROR"],
    ["an MD5 in hex", { md5: "0".repeat(32) }, 400, "VALIDATION_ERROR"],
    ["an MD5 of another length", { md5: Buffer.alloc(18).toString("base64") }, 400, "VALIDATION_ERROR"],
    ["a content type with a line end", { content_type: "a/b\r\nx: y" }, 400, "VALIDATION_ERROR"],
    ["a path", { filename: "../build.zip" }, 400, "INVALID_FILE_NAME"],
    ["a path of Windows", { filename: "C:\\build.zip" }, 400, "INVALID_FILE_NAME"],
    ["control characters", { filename: "a\u0000b.zip" }, 400, "INVALID_FILE_NAME"],
    ["300 characters", { filename: `${"a".repeat(296)}.zip` }, 400, "INVALID_FILE_NAME"],
    ["an empty file name", { filename: "" }, 400, "INVALID_FILE_NAME"],
    ["dots", { filename: ".." }, 400, "INVALID_FILE_NAME"],
    ["another extension", { filename: "notes.txt" }, 400, "UNSUPPORTED_FILE_TYPE"],
  ];
  test.each(top)("%s", async (_why, change, status, code) => {
    const body = uploadBody(newBytes(), { software: newSoftware(), version: "1.0.0" }, change);
    expectProblem(await createUpload(stack, body), status, code);
  });

  const fields: [why: string, change: Record<string, unknown>, status: number, code: string][] = [
    ["no version", { version: undefined }, 400, "MISSING_PARAMETER"],
    ["no type", { package_type: undefined }, 400, "MISSING_PARAMETER"],
    ["a version that is a number", { version: 1 }, 400, "VALIDATION_ERROR"],
    ["a bad version", { version: "one" }, 400, "INVALID_VERSION"],
    ["a bad type", { package_type: "half" }, 400, "VALIDATION_ERROR"],
    ["a bad platform", { platform: "beos" }, 400, "VALIDATION_ERROR"],
    ["a bad arch", { arch: 7 }, 400, "VALIDATION_ERROR"],
    ["a patch from nowhere", { package_type: "patch" }, 400, "MISSING_PARAMETER"],
    ["a patch from itself", { package_type: "patch", from_version: "1.0.0" }, 400, "VALIDATION_ERROR"],
    ["an unknown akey", { software: "soft_unknown" }, 404, "SOFTWARE_NOT_FOUND"],
  ];
  test.each(fields)("in the package: %s", async (_why, change, status, code) => {
    const good = { software: newSoftware(), version: "1.0.0", package_type: "full" } as const;
    const body = uploadBody(newBytes(), good, { package: { ...good, ...change } });
    expectProblem(await createUpload(stack, body), status, code);
  });

  const bodies: [why: string, body: string, type: string, status: number, code: string][] = [
    ["broken JSON", "{", "application/json", 400, "MALFORMED_BODY"],
    ["an empty body", "", "application/json", 400, "MALFORMED_BODY"],
    ["JSON that is no object", "[1]", "application/json", 400, "VALIDATION_ERROR"],
    ["JSON of nothing", "null", "application/json", 400, "VALIDATION_ERROR"],
    ["a body that is no JSON", "kind=package", "application/x-www-form-urlencoded", 400, "MALFORMED_BODY"],
    ["JSON without end", `"${"a".repeat(3_000_000)}"`, "application/json", 413, "FILE_TOO_LARGE"],
  ];
  test.each(bodies)("%s", async (_why, body, type, status, code) => {
    const headers = { "content-type": type };
    const answer = await stack.request("/api/v1/uploads", { body, headers, asPublisher: true });
    expectProblem(answer, status, code);
  });

  test("an idempotency key without end", async () => {
    const body = uploadBody(newBytes(), { software: newSoftware(), version: "1.0.0" });
    const answer = await createUpload(stack, body, { "idempotency-key": "a".repeat(201) });
    expectProblem(answer, 400, "VALIDATION_ERROR");
  });
});

describe("Idempotency-Key", () => {
  const begin = (body: unknown, key: string) => createUpload(stack, body, { "idempotency-key": key });
  const fresh = () => {
    const [software, bytes] = [newSoftware(), newBytes()];
    return { software, bytes, key: software, body: uploadBody(bytes, { software, version: "1.0.0" }) };
  };

  test("the same key and body are the same upload, also when asked at once", async () => {
    const { key, body } = fresh();
    const answers = await Promise.all([begin(body, key), begin(body, key), begin(body, key)]);
    answers.push(await begin(body, key));
    expect(answers.map((answer) => answer.status)).toEqual([201, 201, 201, 201]);
    expect(new Set(answers.map((answer) => answer.body.upload_id)).size).toBe(1);
    expect(new Set(answers.map((answer) => answer.body.upload_token)).size).toBe(1);
  });

  test("the same key and another body are a conflict", async () => {
    const { key, body, software } = fresh();
    await begin(body, key);
    const others = [
      uploadBody(newBytes(), { software, version: "1.0.0" }),
      { ...body, package: { software, version: "1.0.1", package_type: "full" } },
      { ...body, filename: "other.zip" },
      { ...body, size: 7 },
    ];
    for (const other of others) expectProblem(await begin(other, key), 409, "IDEMPOTENCY_CONFLICT");
  });

  test("after publication it still names that upload", async () => {
    const { key, body, bytes } = fresh();
    const first = await begin(body, key);
    await putAll(first.body, bytes);
    await complete(stack, first.body);
    const again = await begin(body, key);
    expect(again.status, again.text).toBe(201);
    expect(again.body).toMatchObject({ upload_id: first.body.upload_id, state: "ready", parts: [] });
    expect((await complete(stack, again.body)).body).toMatchObject({ state: "ready" });
  });

  test("after an abort, a rejection or an expiry it is free again", async () => {
    const { key, body, bytes } = fresh();
    const aborted = await begin(body, key);
    await ofUpload(stack, aborted.body, "", { method: "DELETE" });

    const rejected = await begin(body, key);
    expect(rejected.body.upload_id).not.toBe(aborted.body.upload_id);
    await putWrong(stack, rejected.body, newBytes(bytes.length));
    expectProblem(await complete(stack, rejected.body), 422, "CHECKSUM_MISMATCH");

    const expired = await begin(body, key);
    expect(expired.body.upload_id).not.toBe(rejected.body.upload_id);
    await execute(stack, "UPDATE uploads SET expires_at = 1 WHERE id = ?", [expired.body.upload_id]);

    const last = await begin(body, key);
    expect(last.body.upload_id).not.toBe(expired.body.upload_id);
    await putAll(last.body, bytes);
    expect((await complete(stack, last.body)).status).toBe(200);
  });

  test("two keys keep theirs apart", async () => {
    const { key, body } = fresh();
    const created = await stack.request<{ key: string }>("/api/v1/api-keys", {
      json: { name: key, scopes: ["packages:write"] },
      asPublisher: true,
    });
    const mine = await begin(body, key);
    const headers = { "idempotency-key": key, "x-api-key": created.body.key };
    const theirs = await stack.request<CreatedUpload>("/api/v1/uploads", { json: body, headers });
    expect(theirs.status).toBe(201);
    expect(theirs.body.upload_id).not.toBe(mine.body.upload_id);
  });
});

test("the same bytes may be published as two versions", async () => {
  const [software, bytes] = [newSoftware(), newBytes()];
  const first = await publishSigned(stack, { software, version: "1.0.0" }, bytes);
  const second = await publishSigned(stack, { software, version: "1.1.0" }, bytes);
  expect(second.sha256).toBe(first.sha256);
  await stack.request(`/api/v1/packages/${first.package_id}`, { method: "DELETE", asPublisher: true });
  const response = await fetch(new URL(second.download_url, stack.url));
  expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes);
});
