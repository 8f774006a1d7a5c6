import { describe, expect, test } from "vitest";
import { newAccount } from "../support/accounts.ts";
import { consoleCookie, fromConsole } from "../support/console-session.ts";
import {
  expectProblem,
  listed,
  newBytes,
  newSoftware,
  putAll,
  uploadBody,
  type CreatedUpload,
  type UploadStatus,
} from "../support/publish.ts";
import { sharedStack } from "../support/stack.ts";

const stack = sharedStack();

const newHeaders = async () => ({
  ...(await consoleCookie(stack, await newAccount(stack, "admin"))),
  ...fromConsole(stack),
});

async function begin(headers: Record<string, string>) {
  const [software, bytes] = [newSoftware(), newBytes()];
  const json = uploadBody(bytes, { software, version: "1.0.0" });
  const { status, text, body } = await stack.request<CreatedUpload>("/api/v1/uploads", {
    method: "POST",
    headers,
    json,
  });
  expect(status, text).toBe(201);
  return { software, bytes, upload: body };
}

type Action = [method: string, path: "" | "/parts" | "/complete", json?: unknown];
const actions: Action[] = [
  ["GET", ""],
  ["POST", "/parts", { part_numbers: [1] }],
  ["POST", "/complete", {}],
  ["DELETE", ""],
];

const ask = (id: string, [method, path, json]: Action, headers: Record<string, string>) =>
  stack.request<UploadStatus>(`/api/v1/uploads/${id}${path}`, {
    method,
    headers,
    ...(json !== undefined && { json }),
  });

describe("an upload that was begun from the console", () => {
  test("is finished by its account without a token", async () => {
    const headers = await newHeaders();
    const { software, bytes, upload } = await begin(headers);
    await putAll(upload, bytes);
    for (const action of actions.slice(0, 2)) {
      const answer = await ask(upload.upload_id, action, headers);
      expect(answer.status, answer.text).toBe(200);
    }
    const completed = await ask(upload.upload_id, ["POST", "/complete", {}], headers);
    expect(completed.body).toMatchObject({ state: "ready" });
    expect(await listed(stack, software)).toHaveLength(1);
  });

  test("is given up by its account without a token", async () => {
    const headers = await newHeaders();
    const { upload } = await begin(headers);
    expect((await ask(upload.upload_id, ["DELETE", ""], headers)).body).toMatchObject({ state: "aborted" });
  });

  test.each(actions)("%s %s answers another account as if there were no upload", async (...action) => {
    const [headers, stranger] = [await newHeaders(), await newHeaders()];
    const { upload } = await begin(headers);
    const refused = await ask(upload.upload_id, action, stranger);
    expectProblem(refused, 401, "INVALID_UPLOAD_TOKEN");
    const unknown = await ask("upl_00000000000000000000000000", action, stranger);
    expectProblem(unknown, 401, "INVALID_UPLOAD_TOKEN");
    expect(unknown.body).toEqual({ ...refused.body, timestamp: expect.any(String) as string });
    expect((await ask(upload.upload_id, ["GET", ""], headers)).body).toMatchObject({ state: "pending" });
  });

  test.each(actions.slice(1))("%s %s is not taken from another page", async (...action) => {
    const headers = await newHeaders();
    const { upload } = await begin(headers);
    const { cookie } = headers;
    expectProblem(await ask(upload.upload_id, action, { cookie }), 403, "NOT_FROM_CONSOLE");
    const foreign = { ...headers, "sec-fetch-site": "cross-site" };
    expectProblem(await ask(upload.upload_id, action, foreign), 403, "NOT_FROM_CONSOLE");
  });

  test("cannot be had by a wrong token beside the cookie, nor once the session has ended", async () => {
    const headers = await newHeaders();
    const { upload } = await begin(headers);
    const wrong = { ...headers, authorization: "Bearer upt_wrong" };
    expectProblem(await ask(upload.upload_id, ["GET", ""], wrong), 401, "INVALID_UPLOAD_TOKEN");
    await stack.request("/api/v1/session", { method: "DELETE", headers });
    expectProblem(await ask(upload.upload_id, ["GET", ""], headers), 401, "INVALID_UPLOAD_TOKEN");
  });
});

test("an upload that an API key has begun is no administrator's", async () => {
  const { upload } = await begin({ "x-api-key": stack.apiKey });
  expectProblem(await ask(upload.upload_id, ["GET", ""], await newHeaders()), 401, "INVALID_UPLOAD_TOKEN");
});
