import { expect, test } from "vitest";
import { createLogger, redact } from "../../../functions/core/log/logger.ts";
import { newSecret } from "../../../functions/kit/ids.ts";

const SECRET = "hunter2-hunter2-hunter2";

function logged(fields: Record<string, unknown>): string {
  const lines: string[] = [];
  createLogger((line) => lines.push(line)).warn("event", fields);
  expect(lines).toHaveLength(1);
  return lines[0] ?? "";
}

test("an event is one line of JSON with its time and level", () => {
  const line = logged({ path: "/a\nb", status: 404 });
  expect(line).not.toContain("\n");
  expect(JSON.parse(line)).toEqual({
    at: expect.stringMatching(/^\d{4}-.*Z$/),
    level: "warn",
    event: "event",
    path: "/a\nb",
    status: 404,
  });
});

const secretive: [where: string, fields: Record<string, unknown>][] = [
  ["under the name of a key", { api_key: SECRET }],
  ["as the id of a device", { query: { device_id: SECRET, stagingId: SECRET } }],
  ["under X-API-Key", { headers: { "X-API-Key": SECRET } }],
  ["under a token's name", { upload_token: SECRET }],
  ["under authorization", { headers: { authorization: SECRET } }],
  ["under password, in a list", { list: [{ password: SECRET }] }],
  ["in a query string", { url: `/api/v1/upload/package?version=1&api_key=${SECRET}&x=1` }],
  ["in a query string in capitals", { url: `/?API_KEY=${SECRET}` }],
  ["in a signed URL", { url: `https://s3.example/b/k?X-Amz-Signature=${SECRET}&X-Amz-Expires=9` }],
  ["as a bearer", { text: `sent "Authorization: Bearer ${SECRET}"` }],
  ["in an error", { error: new Error(`cannot GET https://s3.example/?X-Amz-Signature=${SECRET}`) }],
  ["in an error's cause", { error: new Error("no", { cause: new Error(`Bearer ${SECRET}`) }) }],
];

test.each(secretive)("a secret %s is not logged", (_where, fields) => {
  const line = logged(fields);
  expect(line).not.toContain(SECRET);
  expect(line).toContain("[redacted]");
});

test("generated secrets are recognised wherever they stand", () => {
  const session = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1c3IifQ.c2lnbmF0dXJl";
  for (const secret of [newSecret("slw"), newSecret("upt"), session, "OWL-ABCD-2345-EFGH"]) {
    expect(logged({ text: `what about ${secret}?` })).toMatch(/what about \[redacted\]\?/);
  }
  expect(logged({ code: "OWL-****-****-EFGH" })).toContain("OWL-****-****-EFGH");
});

test("what is no secret stays readable", () => {
  const fields = { path: "/downloads/full/1.0.0/a.zip", status: 200, package_id: 7, ok: true, none: null };
  expect(redact(fields)).toEqual(fields);
  expect(redact("/?version=1&platform=linux")).toBe("/?version=1&platform=linux");
});

test("an error is described without statements and paths", () => {
  const error = new Error("Failed query: select * from api_keys where hash = ?");
  expect(logged({ error })).not.toContain("api_keys");
  expect(logged({ error: new Error("ENOENT: /data/somebody/file.db") })).not.toContain("somebody");
});

test("a structure without end is cut off", () => {
  const circle: Record<string, unknown> = {};
  circle.self = circle;
  expect(() => logged({ circle })).not.toThrow();
});
