import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { bucketKeys, execute, putObject } from "../support/behind.ts";
import {
  beginUpload,
  complete,
  expectProblem,
  fetchBytes,
  listed,
  newBytes,
  newSoftware,
  ofUpload,
  publishSigned,
  putAll,
  putWrong,
  putPart,
  sha256Of,
  untilSettled,
  type CreatedUpload,
} from "../support/publish.ts";
import { sharedStack } from "../support/stack.ts";

const stack = sharedStack();

const fresh = async (size = 1000) => {
  const [software, bytes] = [newSoftware(), newBytes(size)];
  return { software, bytes, upload: await beginUpload(stack, bytes, { software, version: "1.0.0" }) };
};
const staged = (upload: CreatedUpload) => bucketKeys(stack, `staging/${upload.upload_id}`);

describe("completing", () => {
  test("publishes, and may be repeated", async () => {
    const { software, bytes, upload } = await fresh();
    expect((await ofUpload(stack, upload)).body).toEqual({ state: "pending", bytes_verified: 0, size: 1000 });
    await putAll(upload, bytes);
    const first = await complete(stack, upload);
    expect(first.status, first.text).toBe(200);
    expect(first.body).toEqual({
      state: "ready",
      bytes_verified: 1000,
      size: 1000,
      result: {
        message: "Package uploaded",
        package_id: expect.any(Number),
        version: "1.0.0",
        package_type: "full",
        file_size: 1000,
        sha256: sha256Of(bytes),
        download_url: `/downloads/full/1.0.0/${software}-v1.0.0-full-windows-x64.zip`,
      },
    });
    expect((await complete(stack, upload)).body).toEqual(first.body);
    expect((await ofUpload(stack, upload)).body).toEqual(first.body);
    expect(await listed(stack, software)).toHaveLength(1);
    expect(await staged(upload)).toEqual([]);
  });

  test("several times at once publishes once", async () => {
    const { software, bytes, upload } = await fresh();
    await putAll(upload, bytes);
    const answers = await Promise.all(Array.from({ length: 5 }, () => complete(stack, upload)));
    for (const { status, text } of answers) expect([200, 202], text).toContain(status);
    expect((await untilSettled(stack, upload)).state).toBe("ready");
    expect(await listed(stack, software)).toHaveLength(1);
  });

  test("one byte is enough", async () => {
    const bytes = newBytes(1);
    const { download_url } = await publishSigned(stack, { software: newSoftware(), version: "1.0.0" }, bytes);
    expect(await fetchBytes(stack, download_url)).toEqual(bytes);
  });

  test("too early says what is missing, and changes nothing", async () => {
    const { bytes, upload } = await fresh();
    expectProblem(await complete(stack, upload), 409, "UPLOAD_INCOMPLETE");
    expect((await ofUpload(stack, upload)).body.state).toBe("pending");
    await putAll(upload, bytes);
    expect((await complete(stack, upload)).status).toBe(200);
  });

  test("a hash in capitals is the same hash", async () => {
    const bytes = newBytes();
    const more = { sha256: sha256Of(bytes).toUpperCase() };
    const upload = await beginUpload(stack, bytes, { software: newSoftware(), version: "1.0.0" }, more);
    await putAll(upload, bytes);
    expect((await complete(stack, upload)).status).toBe(200);
  });
});

describe("a SHA-256 that completing brings", () => {
  const begun = async () => {
    const [software, bytes] = [newSoftware(), newBytes()];
    const upload = await beginUpload(stack, bytes, { software, version: "1.0.0" }, { sha256: undefined });
    expect(upload.parts[0]?.headers).not.toHaveProperty("x-amz-checksum-sha256");
    await putAll(upload, bytes);
    return { software, bytes, upload };
  };

  test("publishes what was begun without, in capitals too, and is never another", async () => {
    const { software, bytes, upload } = await begun();
    for (const json of [{}, { sha256: null }])
      expectProblem(await complete(stack, upload, json), 400, "MISSING_PARAMETER");
    for (const sha256 of ["", "abc", `${sha256Of(bytes)}0`, 7])
      expectProblem(await complete(stack, upload, { sha256 }), 400, "VALIDATION_ERROR");
    expect((await ofUpload(stack, upload)).body.state).toBe("pending");
    const done = await complete(stack, upload, { sha256: sha256Of(bytes).toUpperCase() });
    expect(done.status, done.text).toBe(200);
    expect(done.body.result).toMatchObject({ sha256: sha256Of(bytes) });
    expect((await complete(stack, upload, { sha256: sha256Of(bytes) })).body).toEqual(done.body);
    const other = sha256Of(newBytes());
    expectProblem(await complete(stack, upload, { sha256: other }), 409, "CHECKSUM_CONFLICT");
    expect(await listed(stack, software)).toHaveLength(1);
  });

  test("of other bytes rejects them: nothing is listed, nothing is left", async () => {
    const { software, upload } = await begun();
    const wrong = sha256Of(newBytes());
    expectProblem(await complete(stack, upload, { sha256: wrong }), 422, "CHECKSUM_MISMATCH");
    expect(await listed(stack, software)).toEqual([]);
    expect(await staged(upload)).toEqual([]);
  });
});

describe("wrong bytes", () => {
  test("of the right size are found out: nothing is listed, nothing is left", async () => {
    const { software, bytes, upload } = await fresh();
    const wrong = newBytes(bytes.length);
    await putWrong(stack, upload, wrong);
    expect(await staged(upload)).toHaveLength(1);
    expectProblem(await complete(stack, upload), 422, "CHECKSUM_MISMATCH");
    expectProblem(await complete(stack, upload), 422, "CHECKSUM_MISMATCH");
    expect((await ofUpload(stack, upload)).body).toMatchObject({
      state: "rejected",
      error: "CHECKSUM_MISMATCH",
    });
    expect(await listed(stack, software)).toEqual([]);
    expect(await staged(upload)).toEqual([]);
    expect(await bucketKeys(stack, `objects/${sha256Of(wrong)}`)).toEqual([]);
    expect(await bucketKeys(stack, `objects/${sha256Of(bytes)}`)).toEqual([]);
  });

  test("of another length are refused by the bucket itself", async () => {
    const { upload } = await fresh();
    const [part] = upload.parts;
    for (const size of [999, 1001]) {
      const body = newBytes(size);
      const response = await fetch(part?.url ?? "", { method: "PUT", headers: part?.headers ?? {}, body });
      expect(response.status).toBe(403);
    }
    expectProblem(await complete(stack, upload), 409, "UPLOAD_INCOMPLETE");
  });

  test("of another length, past the bucket's check, are found out too", async () => {
    const { upload } = await fresh();
    await putObject(stack, `staging/${upload.upload_id}`, newBytes(999));
    expectProblem(await complete(stack, upload), 422, "SIZE_MISMATCH");
    expect((await ofUpload(stack, upload)).body).toMatchObject({ state: "rejected", error: "SIZE_MISMATCH" });
    expect(await staged(upload)).toEqual([]);
  });

  test("put in place of the right ones after completion change nothing that is served", async () => {
    const { bytes, upload } = await fresh();
    await putAll(upload, bytes);
    const { body } = await complete(stack, upload);
    await putWrong(stack, upload, newBytes(bytes.length));
    const path = body.result?.download_url ?? "";
    expect(await fetchBytes(stack, path)).toEqual(bytes);
    expect((await complete(stack, upload)).body).toEqual(body);
  });

  test("an upload URL reaches nothing but its own staging place", async () => {
    const { bytes, upload } = await fresh();
    const url = new URL(upload.parts[0]?.url ?? "");
    expect(url.pathname.endsWith(`/staging/${upload.upload_id}`)).toBe(true);
    url.pathname = url.pathname.replace(/staging.*/, `objects/${sha256Of(bytes)}/x.zip`);
    const headers = upload.parts[0]?.headers ?? {};
    expect((await fetch(url, { method: "PUT", headers, body: bytes })).status).toBe(403);
    expect((await fetch(upload.parts[0]?.url ?? "")).status).toBe(403);
  });
});

describe("two uploads of one version", () => {
  test("one wins, the other is refused and nothing of it stays", async () => {
    const software = newSoftware();
    const contents = [newBytes(), newBytes()];
    const uploads = await Promise.all(
      contents.map((bytes) => beginUpload(stack, bytes, { software, version: "1.0.0" })),
    );
    await Promise.all(uploads.map((upload, index) => putAll(upload, contents[index] ?? newBytes())));
    const answers = await Promise.all(uploads.map((upload) => complete(stack, upload)));
    expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    const winner = answers.findIndex((answer) => answer.status === 200);
    const [won, lost] = [contents[winner], contents[1 - winner]];
    const [loser, refusal] = [uploads[1 - winner], answers[1 - winner]];
    if (!won || !lost || !loser || !refusal) throw new Error("there are two");

    expectProblem(refusal, 409, "PACKAGE_EXISTS");
    expectProblem(await complete(stack, loser), 409, "PACKAGE_EXISTS");
    const [only, ...others] = await listed(stack, software);
    expect(others).toEqual([]);
    expect(await fetchBytes(stack, only?.download_url ?? "")).toEqual(won);
    expect(await staged(loser)).toEqual([]);

    await execute(stack, "UPDATE blobs SET released_at = 0 WHERE refs = 0 AND sha256 = ?", [sha256Of(lost)]);
    await stack.runCron("*/10 * * * *");
    expect(await bucketKeys(stack, `objects/${sha256Of(lost)}`)).toEqual([]);
    expect(await fetchBytes(stack, only?.download_url ?? "")).toEqual(won);
  });
});

describe("the token", () => {
  const actions: [action: "" | "/complete" | "/parts", method: string][] = [
    ["", "GET"],
    ["", "DELETE"],
    ["/complete", "POST"],
    ["/parts", "POST"],
  ];

  test.each(actions)("of this upload alone opens %s %s", async (action, method) => {
    const { upload } = await fresh();
    const { upload: other } = await fresh();
    const token = upload.upload_token;
    const tampered = `${token.slice(0, -1)}${token.endsWith("A") ? "B" : "A"}`;
    const json = method === "POST" ? { part_numbers: [1] } : undefined;
    for (const wrong of [tampered, other.upload_token, "", stack.apiKey]) {
      const answer = await ofUpload(stack, { ...upload, upload_token: wrong }, action, { method, json });
      expectProblem(answer, 401, "INVALID_UPLOAD_TOKEN");
      expect(answer.headers.get("www-authenticate") ?? "").toMatch(/^Bearer\b/);
    }
    expect((await ofUpload(stack, upload)).body.state).toBe("pending");
  });

  test.each(actions)(
    "of an upload that is gone or never was finds nothing: %s %s",
    async (action, method) => {
      const json = method === "POST" ? { part_numbers: [1] } : undefined;
      const ask = (upload_id: string) => {
        const mac = createHmac("sha256", stack.settings.JWT_SECRET ?? "").update(`upload-token:${upload_id}`);
        const upload_token = `upt_${mac.digest("base64url")}`;
        return ofUpload(stack, { upload_id, upload_token }, action, { method, json });
      };
      expectProblem(await ask(`upl_${"0".repeat(26)}`), 404, "UPLOAD_NOT_FOUND");
      for (const malformed of ["upl_1", "x", "..", "%00", "a".repeat(3000)]) {
        const answer = await stack.request(`/api/v1/uploads/${malformed}${action}`, { method, json });
        expect([400, 401, 404], answer.text).toContain(answer.status);
        expect(answer.body).toMatchObject({ error_code: expect.any(String), timestamp: expect.any(String) });
      }
    },
  );
});

describe("an upload that has ended", () => {
  test("by abort stays ended and leaves nothing", async () => {
    const { software, bytes, upload } = await fresh();
    await putAll(upload, bytes);
    const abort = () => ofUpload(stack, upload, "", { method: "DELETE" });
    const aborted = await abort();
    expect({ status: aborted.status, body: aborted.body }).toEqual({
      status: 200,
      body: { state: "aborted", bytes_verified: 0, size: 1000 },
    });
    expect((await abort()).status).toBe(200);
    expectProblem(await complete(stack, upload), 409, "UPLOAD_STATE_CONFLICT");
    const parts = await ofUpload(stack, upload, "/parts", { json: { part_numbers: [1] } });
    expectProblem(parts, 409, "UPLOAD_STATE_CONFLICT");
    expect((await ofUpload(stack, upload)).body.state).toBe("aborted");
    expect(await staged(upload)).toEqual([]);
    expect(await listed(stack, software)).toEqual([]);
  });

  test("by publication cannot be aborted or sent again", async () => {
    const { software, bytes, upload } = await fresh();
    await putAll(upload, bytes);
    await complete(stack, upload);
    expectProblem(await ofUpload(stack, upload, "", { method: "DELETE" }), 409, "UPLOAD_STATE_CONFLICT");
    const parts = await ofUpload(stack, upload, "/parts", { json: { part_numbers: [1] } });
    expectProblem(parts, 409, "UPLOAD_STATE_CONFLICT");
    expect(await listed(stack, software)).toHaveLength(1);
  });

  test("by time says so, before cron has seen it and after", async () => {
    const { software, bytes, upload } = await fresh();
    const { upload: unseen } = await fresh();
    await putAll(upload, bytes);
    for (const { upload_id } of [upload, unseen]) {
      await execute(stack, "UPDATE uploads SET expires_at = 1 WHERE id = ?", [upload_id]);
    }
    const parts = await ofUpload(stack, upload, "/parts", { json: { part_numbers: [1] } });
    expectProblem(parts, 410, "UPLOAD_EXPIRED");
    expectProblem(await complete(stack, upload), 410, "UPLOAD_EXPIRED");
    expect(await staged(upload)).toEqual([]);

    await stack.runCron("*/10 * * * *");
    expect((await ofUpload(stack, unseen)).body.state).toBe("expired");
    expectProblem(await complete(stack, unseen), 410, "UPLOAD_EXPIRED");
    expect(await listed(stack, software)).toEqual([]);
  });

  test("and whose package was deleted since has no result any more", async () => {
    const { bytes, upload } = await fresh();
    await putAll(upload, bytes);
    const { body } = await complete(stack, upload);
    const path = `/api/v1/packages/${body.result?.package_id}`;
    await stack.request(path, { method: "DELETE", asPublisher: true });
    expect((await complete(stack, upload)).body).toEqual({
      state: "ready",
      bytes_verified: 1000,
      size: 1000,
    });
  });
});

describe("bad requests about an upload", () => {
  const bad: [action: "/complete" | "/parts", json: unknown][] = [
    ["/complete", { parts: "all" }],
    ["/complete", { parts: [{ part_number: 0, etag: "x" }] }],
    ["/complete", { parts: [{ part_number: 1, etag: "x".repeat(201) }] }],
    ["/complete", []],
    ["/parts", { part_numbers: [] }],
    ["/parts", { part_numbers: [0] }],
    ["/parts", { part_numbers: [2] }],
    ["/parts", { part_numbers: ["1"] }],
    ["/parts", { part_numbers: Array.from({ length: 101 }, () => 1) }],
  ];
  test.each(bad)("%s with %j", async (action, json) => {
    const { upload } = await fresh();
    expectProblem(await ofUpload(stack, upload, action, { json }), 400, "VALIDATION_ERROR");
  });

  test("a part without its ETag", async () => {
    const { upload } = await fresh();
    const answer = await ofUpload(stack, upload, "/complete", { json: { parts: [{ part_number: 1 }] } });
    expectProblem(answer, 400, "MISSING_PARAMETER");
  });

  test("broken JSON", async () => {
    const { upload } = await fresh();
    const broken = { body: "{", headers: { "content-type": "application/json" } };
    expectProblem(await ofUpload(stack, upload, "/complete", broken), 400, "MALFORMED_BODY");
    expectProblem(await ofUpload(stack, upload, "/parts", broken), 400, "MALFORMED_BODY");
  });

  test("fresh URLs of a single upload work like the first", async () => {
    const { bytes, upload } = await fresh();
    const { body } = await ofUpload<Pick<CreatedUpload, "parts">>(stack, upload, "/parts", {
      json: { part_numbers: [1] },
    });
    const [part] = body.parts;
    if (!part) throw new Error("one was asked for");
    expect((await putPart(upload, part, bytes)).status).toBe(200);
    expect((await complete(stack, upload)).status).toBe(200);
  });
});
