import { expect, test } from "vitest";
import { newAccount, bearer } from "../support/accounts.ts";
import { readExposition } from "../support/exposition.ts";
import { expectProblem } from "../support/publish.ts";
import { sharedStack } from "../support/stack.ts";

const stack = sharedStack();

async function newKey(scopes: string[]): Promise<string> {
  const json = { name: "metrics", scopes };
  const { status, text, body } = await stack.request<{ key: string }>("/api/v1/api-keys", {
    json,
    asPublisher: true,
  });
  expect(status, text).toBe(201);
  return body.key;
}
const read = (headers: Record<string, string>, path = "/metrics") => stack.request(path, { headers });

const presented = (key: string): Record<string, string>[] => [
  { authorization: `Bearer ${key}` },
  { "x-api-key": key },
];

test("a key with metrics:read reads the metrics, presented in either way", async () => {
  const key = await newKey(["metrics:read"]);
  for (const headers of presented(key)) {
    const answer = await read(headers);
    expect(answer.status, answer.text).toBe(200);
    expect(answer.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
    expect(answer.headers.get("cache-control")).toBe("private, no-store");
    expect(readExposition(answer.text).size).toBeGreaterThan(10);
  }
});

test("nobody else does, but administrators", async () => {
  expectProblem(await read({}), 401, "INVALID_API_KEY");
  expectProblem(await read({ authorization: "Bearer slw_wrong" }), 401, "INVALID_API_KEY");
  const others = await newKey(["packages:read", "packages:write", "storage:admin", "keys:admin"]);
  expectProblem(await read({ authorization: `Bearer ${others}` }), 403, "INSUFFICIENT_SCOPE");
  expectProblem(await read(bearer((await newAccount(stack)).token)), 403, "ACCESS_DENIED");
  expect((await read(bearer((await newAccount(stack, "admin")).token))).status).toBe(200);
});

test("such a key also reads the figures for administrators, and others do not", async () => {
  const path = "/api/admin/stats";
  const key = await newKey(["metrics:read"]);
  for (const headers of presented(key)) {
    const answer = await read(headers, path);
    expect(answer.status, answer.text).toBe(200);
    expect(answer.body).toMatchObject({ data: { total_users: expect.any(Number) } });
  }
  const refused = await read({ "x-api-key": await newKey(["packages:read"]) }, path);
  expect(refused).toMatchObject({ status: 403, body: { error_code: "INSUFFICIENT_SCOPE" } });
  const unknown = await read({ "x-api-key": "slw_wrong" }, path);
  expect(unknown).toMatchObject({ status: 401, body: { error_code: "INVALID_CREDENTIALS" } });
});
