import { expect, test, vi } from "vitest";
import { newId } from "../../functions/kit/ids.ts";
import { sha256Hex } from "../../functions/kit/hash/hash.ts";
import { execute } from "../support/behind.ts";
import {
  complete,
  expectProblem,
  newBytes,
  putAll,
  sha256Of,
  type CreatedUpload,
} from "../support/publish.ts";
import { newClient, stack } from "./tasks-client.ts";

/** Sends a file by the signed road, as anybody can with HTTP alone. @returns the upload's answers */
async function sendFile(declaration: Record<string, unknown>, bytes: Uint8Array<ArrayBuffer>, headers = {}) {
  const json = { size: bytes.length, sha256: sha256Of(bytes), ...declaration };
  const begun = await stack.request<CreatedUpload>("/api/v1/uploads", { json, headers });
  expect(begun.status, begun.text).toBe(201);
  await putAll(begun.body, bytes);
  return { upload: begun.body, answer: await complete(stack, begun.body) };
}

/** Puts a task on a server of its own, as a claim of its agent does. */
async function onServer(taskId: string) {
  const [id, token] = [newId("gpu"), newId("gpa")];
  // Not active: no dispatcher gives it another task.
  await execute(
    stack,
    `INSERT INTO gpu_servers (id, name, host, token_hash, max_concurrent_tasks, is_active, created_at, updated_at)
     VALUES (?, ?, 'test', ?, 4, 0, 0, 0)`,
    [id, id, sha256Hex(token)],
  );
  const now = Date.now();
  await execute(
    stack,
    `UPDATE tasks SET status = 'running', attempt = 1, gpu_server_id = ?, started_at = ?, lease_until = ?, deadline_at = ? WHERE id = ?`,
    [id, now, now + 600_000, now + 600_000, taskId],
  );
  await execute(
    stack,
    "INSERT INTO task_runs (task_id, attempt, server_id, started_at) VALUES (?, 1, ?, ?)",
    [taskId, id, now],
  );
  return { agent_token: token, task_id: taskId, attempt: 1 };
}

test("files go to a task and come from it by the bucket alone", async () => {
  const client = await newClient();
  const [input, output] = [newBytes(4000), newBytes(5000)];
  const bearer = { authorization: `Bearer ${client.account.token}` };
  const sent = await sendFile({ kind: "input", filename: "frames.bin" }, input, bearer);
  expect(sent.answer.body).toMatchObject({
    state: "ready",
    result: { input: sent.upload.upload_id, size: 4000 },
  });

  const { id } = await client.create({ config: { inputs: [sent.upload.upload_id] } });
  const fields = await onServer(id);
  const made = await sendFile({ kind: "output", filename: "结果.bin", output: fields }, output);
  expect(made.answer.body).toMatchObject({
    state: "ready",
    result: { task_id: id, attempt: 1, file_name: "结果.bin" },
  });
  const stale = { ...fields, attempt: 2 };
  const refused = await stack.request("/api/v1/uploads", {
    json: { kind: "output", filename: "b", size: 1, sha256: sha256Of(output), output: stale },
  });
  expectProblem(refused, 409, "STALE_ATTEMPT");

  await execute(stack, "UPDATE tasks SET status = 'completed', completed_at = 1 WHERE id = ?", [id]);
  const task = await client.get(`/api/tasks/${id}`);
  expect(task.outputs).toEqual([
    {
      file_name: "结果.bin",
      size: 5000,
      sha256: sha256Of(output),
      download_count: 0,
      download_url: expect.stringMatching(/^http/),
    },
  ]);
  const direct = await fetch(task.outputs[0]?.download_url ?? "");
  expect(new Uint8Array(await direct.arrayBuffer())).toEqual(output);
  const path = `/api/tasks/${id}/outputs/${encodeURIComponent("结果.bin")}`;
  const redirect = await client.send(path);
  expect(redirect.status).toBe(302);
  expect(redirect.headers.get("cache-control")).toBe("no-store");
  const followed = await fetch(new URL(redirect.headers.get("location") ?? "", stack.url));
  expect(new Uint8Array(await followed.arrayBuffer())).toEqual(output);
});

test("files without a byte go the same way", async () => {
  const client = await newClient();
  const nothing = new Uint8Array();
  const bearer = { authorization: `Bearer ${client.account.token}` };
  const sent = await sendFile({ kind: "input", filename: "empty.txt" }, nothing, bearer);
  expect(sent.upload).toMatchObject({ method: "single", part_count: 1, parts: [{ size: 0 }] });
  expect(sent.answer.body).toMatchObject({ state: "ready", result: { size: 0, sha256: sha256Of(nothing) } });
  const { id } = await client.create({ config: { inputs: [sent.upload.upload_id] } });
  const fields = await onServer(id);
  const made = await sendFile({ kind: "output", filename: "done", output: fields }, nothing);
  expect(made.answer.body).toMatchObject({ state: "ready", result: { file_name: "done", size: 0 } });
  await execute(stack, "UPDATE tasks SET status = 'completed', completed_at = 1 WHERE id = ?", [id]);
  const [output] = (await client.get(`/api/tasks/${id}`)).outputs;
  const whole = await fetch(output?.download_url ?? "");
  expect([whole.status, whole.headers.get("content-length"), await whole.text()]).toEqual([200, "0", ""]);
  const range = await fetch(output?.download_url ?? "", { headers: { range: "bytes=0-" } });
  expect([range.status, range.headers.get("content-range")]).toEqual([416, "bytes */0"]);
  const etag = whole.headers.get("etag") ?? "";
  const same = await fetch(output?.download_url ?? "", { headers: { "if-none-match": etag } });
  expect(same.status).toBe(304);
});

test("a download of an output counts when it begins, and once", async () => {
  const client = await newClient();
  const { id } = await client.create();
  const bytes = newBytes(3000);
  await sendFile({ kind: "output", filename: "out.bin", output: await onServer(id) }, bytes);
  await execute(stack, "UPDATE tasks SET status = 'completed', completed_at = 1 WHERE id = ?", [id]);
  const [output] = (await client.get(`/api/tasks/${id}`)).outputs;
  const link = output?.download_url ?? "";
  const fetched = async (headers: Record<string, string> = {}, method = "GET") => {
    const answer = await fetch(link, { method, headers });
    return { status: answer.status, headers: answer.headers, size: (await answer.arrayBuffer()).byteLength };
  };
  const whole = await fetched();
  expect(whole).toMatchObject({ status: 200, size: 3000 });
  expect(await fetched({ range: "bytes=0-999" })).toMatchObject({ status: 206, size: 1000 });
  for (const range of ["bytes=1000-1999", "bytes=2000-", "bytes=-1"])
    expect((await fetched({ range })).status).toBe(206);
  expect((await fetched({ "if-none-match": whole.headers.get("etag") ?? "" })).status).toBe(304);
  const head = await fetched({}, "HEAD");
  expect(head.headers.get("content-length")).toBe("3000");
  expect(head.headers.get("x-checksum-sha256")).toBe(sha256Of(bytes));
  const own = await client.send(`/api/tasks/${id}/outputs/out.bin`);
  expect(own.status).toBe(302);
  await vi.waitFor(
    async () => {
      const { outputs } = await client.get(`/api/tasks/${id}`);
      expect(outputs).toMatchObject([{ file_name: "out.bin", download_count: 3 }]);
    },
    { timeout: 15_000 },
  );
});

test("an input is nobody's without a token of its user", async () => {
  const json = { kind: "input", filename: "a.bin", size: 1, sha256: sha256Of(newBytes(1)) };
  expectProblem(await stack.request("/api/v1/uploads", { json }), 401, "INVALID_TOKEN");
  expectProblem(await stack.request("/api/v1/uploads", { json, asPublisher: true }), 401, "INVALID_TOKEN");
});
