import { once } from "node:events";
import { request, type IncomingMessage } from "node:http";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { bucketKeys, execute } from "../support/behind.ts";
import { ownStack } from "../support/own-stack.ts";
import { expectProblem, newBytes, packageForm, sendForm } from "../support/publish.ts";
import { curlForm, type FormPart } from "../support/raw-form.ts";

const MAX_FORM_BYTES = 1_000_000;
const stack = ownStack({ MAX_FORM_BYTES: String(MAX_FORM_BYTES) });

const good = { version: "1.0.0", package_type: "full" };

const FILE_HEAD = 'Content-Disposition: form-data; name="file"; filename="build.zip"';

const fieldsOf = (fields: Record<string, string>): FormPart[] =>
  Object.entries(fields).map(([name, value]) => ({ name, value }));
const asText = (part: FormPart) =>
  `--x\r\nContent-Disposition: form-data; name="${part.name}"\r\n\r\n${"value" in part ? part.value : ""}\r\n`;

const goodFields = fieldsOf(good).map(asText).join("");

const raw = (body: string, contentType = "multipart/form-data; boundary=x") =>
  stack().request("/api/v1/upload/package", {
    method: "POST",
    asPublisher: true,
    headers: { "content-type": contentType },
    body: Buffer.from(body, "latin1"),
  });

type Statistics = { stats: Record<string, unknown> };

async function statistics() {
  const { body } = await stack().request<Statistics>("/api/v1/storage/stats");
  return { ...body.stats, timestamp: undefined };
}

let before: Awaited<ReturnType<typeof statistics>>;
beforeAll(async () => {
  before = await statistics();
});

async function collectEverything() {
  await execute(stack(), "UPDATE blobs SET released_at = 0 WHERE refs = 0");
  await stack().runCron("*/10 * * * *");
}

/** Nothing is listed, nothing is counted, nothing is left in the bucket. */
afterEach(async () => {
  const lists = await Promise.all(
    ["windows", "linux", "macos"].map((platform) => stack().request(`/api/v1/packages?platform=${platform}`)),
  );
  expect(lists.map((list) => list.body)).toEqual([[], [], []]);
  await stack().runCron("*/10 * * * *");
  const [after, left] = [await statistics(), await bucketKeys(stack())];
  // What one test leaves must not fail the next.
  if (left.length > 0) await collectEverything();
  expect(after).toEqual(before);
  expect(left).toEqual([]);
});

describe("fields", () => {
  const bad: [why: string, fields: Record<string, string>, code: string][] = [
    ["no version", { version: "" }, "MISSING_PARAMETER"],
    ["no type", { package_type: "" }, "MISSING_PARAMETER"],
    ["a version of five numbers", { version: "1.0.0.0.1" }, "INVALID_VERSION"],
    ["a word for a version", { version: "latest" }, "INVALID_VERSION"],
    ["a version that is a path", { version: "../1.0.0" }, "INVALID_VERSION"],
    ["an endless version", { version: `1.0.0-${"a".repeat(200)}` }, "INVALID_VERSION"],
    ["an unknown type", { package_type: "half" }, "VALIDATION_ERROR"],
    ["an unknown platform", { platform: "beos" }, "VALIDATION_ERROR"],
    ["an unknown arch", { arch: "mips" }, "VALIDATION_ERROR"],
    ["is_stable that is no boolean", { is_stable: "perhaps" }, "VALIDATION_ERROR"],
    ["a software that is a path", { software: "../omega" }, "VALIDATION_ERROR"],
    ["a description without end", { description: "a".repeat(10_001) }, "VALIDATION_ERROR"],
    ["a patch from nowhere", { package_type: "patch" }, "MISSING_PARAMETER"],
    ["a patch from no version", { package_type: "patch", from_version: "old" }, "INVALID_VERSION"],
    ["a patch from its own version", { package_type: "patch", from_version: "1.0.0" }, "VALIDATION_ERROR"],
    [
      "a patch from itself, spelled otherwise",
      { package_type: "patch", from_version: "v1+7" },
      "VALIDATION_ERROR",
    ],
    ["a patch from a later version", { package_type: "patch", from_version: "1.0.1" }, "VALIDATION_ERROR"],
    ["a hotfix from a later version", { package_type: "hotfix", from_version: "1.0.1" }, "VALIDATION_ERROR"],
  ];

  test.each(bad)("%s is refused before the file", async (_why, fields, code) => {
    const form = packageForm({ ...good, ...fields });
    expectProblem(await sendForm(stack(), form, { asPublisher: true }), 400, code);
  });

  test.each(bad)("%s is refused behind the file", async (_why, fields, code) => {
    const form = new FormData();
    form.append("file", new Blob([newBytes()]), "build.zip");
    for (const [name, value] of Object.entries({ ...good, ...fields })) form.append(name, value);
    expectProblem(await sendForm(stack(), form, { asPublisher: true }), 400, code);
  });

  test("a form of nothing but a file is refused", async () => {
    const form = packageForm({});
    expectProblem(await sendForm(stack(), form, { asPublisher: true }), 400, "MISSING_PARAMETER");
  });

  test("a form that never names a required field is refused", async () => {
    const version = packageForm({ version: "1.0.0" });
    expectProblem(await sendForm(stack(), version, { asPublisher: true }), 400, "MISSING_PARAMETER");
    const type = packageForm({ package_type: "full" });
    expectProblem(await sendForm(stack(), type, { asPublisher: true }), 400, "MISSING_PARAMETER");
  });

  test("software that is named by an unknown key is not found", async () => {
    const form = packageForm({ ...good, software: "soft_unknown" });
    expectProblem(await sendForm(stack(), form, { asPublisher: true }), 404, "SOFTWARE_NOT_FOUND");
  });
});

describe("the file", () => {
  const names: [fileName: string, code: string][] = [
    ["../build.zip", "INVALID_FILE_NAME"],
    ["C:\\fakepath\\build.zip", "INVALID_FILE_NAME"],
    [`${"a".repeat(296)}.zip`, "INVALID_FILE_NAME"],
    ["", "INVALID_FILE_NAME"],
    ["..", "INVALID_FILE_NAME"],
    [".zip", "UNSUPPORTED_FILE_TYPE"],
    ["notes.txt", "UNSUPPORTED_FILE_TYPE"],
    ["build", "UNSUPPORTED_FILE_TYPE"],
  ];

  test.each(names)("named %j is refused", async (fileName, code) => {
    const file: FormPart = { name: "file", fileName, bytes: newBytes() };
    const { contentType, body } = curlForm([...fieldsOf(good), file]);
    const options = { asPublisher: true, headers: { "content-type": contentType }, body };
    expectProblem(await stack().request("/api/v1/upload/package", options), 400, code);
  });

  test("with a control character in its name is refused", async () => {
    const file = `--x\r\nContent-Disposition: form-data; name="file"; filename*=UTF-8''a%00b.zip\r\n\r\nPK\r\n--x--\r\n`;
    const body = fieldsOf(good).map(asText).join("") + file;
    expectProblem(await raw(body), 400, "INVALID_FILE_NAME");
  });

  test("of another type is refused in the client's language", async () => {
    const answer = await sendForm(stack(), packageForm(good, newBytes(), "notes.txt"), {
      asPublisher: true,
      headers: { "accept-language": "zh-CN" },
    });
    expectProblem(answer, 400, "UNSUPPORTED_FILE_TYPE");
    expect(answer.body).toMatchObject({ detail: "不支持的文件类型: .txt" });
  });

  test("that is empty is refused", async () => {
    const empty = packageForm(good, new Uint8Array());
    expectProblem(await sendForm(stack(), empty, { asPublisher: true }), 400, "EMPTY_FILE");
  });

  test("that is not there is refused", async () => {
    const form = new FormData();
    for (const [name, value] of Object.entries(good)) form.append(name, value);
    expectProblem(await sendForm(stack(), form, { asPublisher: true }), 400, "MISSING_PARAMETER");
  });

  test("that comes twice is refused", async () => {
    const form = packageForm(good);
    form.append("file", new Blob([newBytes()]), "again.zip");
    expectProblem(await sendForm(stack(), form, { asPublisher: true }), 400, "MALFORMED_BODY");
  });

  test("may have the allowed size, and not one byte more", async () => {
    const over = packageForm(good, newBytes(MAX_FORM_BYTES + 1));
    const refused = await sendForm(stack(), over, { asPublisher: true });
    expectProblem(refused, 413, "FILE_TOO_LARGE");
    expect(refused.text).toMatch(/1000000 bytes.*`slipway publish`.*POST \/api\/v1\/uploads/);
    const { body } = await sendForm(stack(), packageForm(good, newBytes(MAX_FORM_BYTES)), {
      asPublisher: true,
    });
    expect(body.file_size).toBe(MAX_FORM_BYTES);
    const path = `/api/v1/packages/${body.package_id}`;
    await stack().request(path, { method: "DELETE", asPublisher: true });
    await collectEverything();
  });

  test("that is far too large is refused before it is sent", async () => {
    const asking = request(new URL("/api/v1/upload/package", stack().url), {
      method: "POST",
      headers: {
        "x-api-key": stack().apiKey,
        "content-type": "multipart/form-data; boundary=x",
        "content-length": "8000000",
      },
    });
    asking.flushHeaders();
    const [answer] = (await once(asking, "response")) as [IncomingMessage];
    const body: unknown = JSON.parse(await text(answer));
    asking.destroy();
    expect(answer.statusCode).toBe(413);
    expect(body).toMatchObject({ error_code: "FILE_TOO_LARGE" });
  });
});

describe("the body", () => {
  const bodies: [why: string, body: string][] = [
    ["nothing", ""],
    ["no form", "hello"],
    ["a form cut off in the file", `${goodFields}--x\r\n${FILE_HEAD}\r\n\r\nPK`],
    ["a form cut off in a head", `${goodFields}--x\r\nContent-Disposition: form`],
    ["a form without its last line", `${goodFields}--x\r\n${FILE_HEAD}\r\n\r\nPK\r\n`],
    ["a part without a head", `--x\r\n\r\nPK\r\n--x--\r\n`],
    ["a part of no form", `--x\r\nContent-Disposition: attachment; filename="a.zip"\r\n\r\nPK\r\n--x--\r\n`],
    ["a field that is no text", `--x\r\nContent-Disposition: form-data; name="\xff\xfe\r\n\r\n\r\n--x--\r\n`],
  ];

  test.each(bodies)("%s is refused", async (_why, body) => {
    expectProblem(await raw(body), 400, "MALFORMED_BODY");
  });

  test.each(["application/json", "multipart/form-data", 'multipart/form-data; boundary=""', "text/plain"])(
    "a body of type %s is refused",
    async (type) => {
      expectProblem(await raw(goodFields, type), 400, "MALFORMED_BODY");
    },
  );

  test("a field without end is refused", async () => {
    const form = packageForm({ ...good, notes: "a".repeat(70_000) });
    expectProblem(await sendForm(stack(), form, { asPublisher: true }), 400, "MALFORMED_BODY");
  });

  test("fields without end are refused", async () => {
    const fields = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`f${index}`, "x"]));
    const form = packageForm({ ...fields, ...good });
    expectProblem(await sendForm(stack(), form, { asPublisher: true }), 400, "MALFORMED_BODY");
  });

  test("that is shorter than declared, because the client has gone, leaves nothing listed", async () => {
    const { hostname, port } = new URL(stack().url);
    const socket = connect(Number(port), hostname);
    const head = [
      "POST /api/v1/upload/package HTTP/1.1",
      `Host: ${hostname}:${port}`,
      `X-API-Key: ${stack().apiKey}`,
      "Content-Type: multipart/form-data; boundary=x",
      "Content-Length: 900000",
    ];
    socket.write(`${head.join("\r\n")}\r\n\r\n${goodFields}--x\r\n${FILE_HEAD}\r\n\r\n`);
    socket.write(newBytes(600_000));
    // Answered behind what was sent on the other connection.
    expect((await stack().request("/health")).status).toBe(200);
    socket.destroy();
    expect(await execute(stack(), "SELECT id FROM uploads WHERE ended_at IS NULL")).toEqual([]);
  });
});
