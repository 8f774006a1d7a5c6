import { sql } from "drizzle-orm";
import { describe, expect, test, vi } from "vitest";
import { concludeTasks, endTasks } from "../../functions/compute/queue/endings.ts";
import { isRun } from "../../functions/compute/queue/runs.ts";
import { transitions } from "../../functions/compute/queue/transitions.ts";
import { signInputsOf } from "../../functions/compute/files/task-files.ts";
import { retryTask } from "../../functions/compute/tasks/retry-task.ts";
import { cancelTask } from "../../functions/compute/tasks/cancel-task.ts";
import { deleteTask } from "../../functions/compute/tasks/delete-task.ts";
import { getTask } from "../../functions/compute/tasks/get-task.ts";
import { flushOutputDownloads, getTaskOutputUrl } from "../../functions/compute/files/get-task-output.ts";
import type { Ctx } from "../../functions/core/context.ts";
import { abortUpload } from "../../functions/uploads/abort-upload.ts";
import { completeUpload } from "../../functions/uploads/complete-upload.ts";
import { createUpload } from "../../functions/uploads/create-upload.ts";
import { useDomain, type Domain } from "../support/domain.ts";
import { content, sendParts, sha256 } from "../support/domain/packages.ts";
import { assign, newServer, newTask, newUser } from "./tasks-domain.ts";

vi.setConfig({ testTimeout: 60_000 });

const openDomain = useDomain();
const DAY = 24 * 3600_000;

const declared = (kind: "input" | "output", bytes: Uint8Array, fields: unknown, fileName: string) => ({
  kind,
  fields,
  fileName,
  size: bytes.length,
  sha256: sha256(bytes),
});

/** Sends an input and waits until it can be used. @returns its upload's id */
async function sendInput(user: Ctx, bytes = content(500), fileName = "in.mp4"): Promise<string> {
  const upload = await createUpload(user, declared("input", bytes, undefined, fileName));
  await sendParts(user, upload, bytes);
  const { state, result } = await completeUpload(user, upload.id, undefined);
  expect({ state, result }).toMatchObject({
    state: "ready",
    result: { input: upload.id, file_name: fileName, size: bytes.length, sha256: sha256(bytes) },
  });
  return upload.id;
}

/** Where an output is to be had, for whoever asks. */
const urlOf = (ctx: Ctx, taskId: string, fileName: string, token?: string) =>
  getTaskOutputUrl(ctx, { taskId, fileName, token }, true);

const bytesAt = async (url: string) => new Uint8Array(await (await fetch(url)).arrayBuffer());

describe("inputs", () => {
  test("are given to the agent of a task of their owner's, who alone may use them", async () => {
    const domain = await openDomain();
    const [user, other] = [await newUser(domain, 10_000), await newUser(domain, 10_000)];
    const [first, second] = [content(700), content(300)];
    const inputs = [await sendInput(user, first, "视频 一.mp4"), await sendInput(user, second)];
    const [{ id }, plain] = [
      await newTask(user, { config: { inputs: [...inputs, ...inputs] } }),
      await newTask(user),
    ];
    const files = await signInputsOf(user, [id, plain.id]);
    expect(files.get(plain.id)).toEqual([]);
    const given = files.get(id) ?? [];
    expect(given).toMatchObject([
      { file_name: "视频 一.mp4", size: 700, sha256: sha256(first) },
      { file_name: "in.mp4", size: 300, sha256: sha256(second) },
    ]);
    expect(await Promise.all(given.map(({ url }) => bytesAt(url)))).toEqual([first, second]);

    const fault = { code: "VALIDATION_ERROR", issues: [{ path: ["config", "inputs"] }] };
    const unknown = `upl_${"0".repeat(26)}`;
    await expect(newTask(other, { config: { inputs } })).rejects.toMatchObject(fault);
    await expect(newTask(user, { config: { inputs: [unknown] } })).rejects.toMatchObject(fault);
    expect(await domain.rows("SELECT count(*) AS n FROM tasks")).toEqual([{ n: 2 }]);
  });

  test("stay a week and while an open task needs them, and then go with their objects", async () => {
    const domain = await openDomain();
    const user = await newUser(domain, 10_000);
    const [used, unused] = [await sendInput(user), await sendInput(user)];
    const { id } = await newTask(user, { config: { inputs: [used] } });
    const left = async () =>
      (await domain.rows<{ upload_id: string }>("SELECT upload_id FROM task_inputs ORDER BY id")).map(
        (row) => row.upload_id,
      );
    domain.advance(7 * DAY - 60_000);
    await domain.cron("*/10 * * * *");
    expect(await left()).toEqual([used, unused]);
    domain.advance(120_000);
    await domain.cron("*/10 * * * *");
    expect(await left()).toEqual([used]);
    await cancelTask(user, id);
    expect(await retryTask(user, id)).toMatchObject({ status: "pending" });
    await domain.cron("*/10 * * * *");
    expect((await signInputsOf(user, [id])).get(id)).toHaveLength(1);
    await cancelTask(user, id);
    await domain.cron("*/10 * * * *");
    expect(await left()).toEqual([]);
    await expect(retryTask(user, id)).rejects.toMatchObject({ code: "VALIDATION_ERROR" });
    expect(await getTask(user, id)).toMatchObject({ status: "cancelled", config: { inputs: [used] } });
    await domain.untilQuiet();
    expect(domain.fake.objects().size).toBe(0);
    expect(await domain.rows("SELECT sum(bytes) AS bytes FROM usage")).toEqual([{ bytes: 0 }]);
  });

  test("of one user have so much room together, those on their way included", async () => {
    const domain = await openDomain({ settings: { INPUT_BYTES_PER_USER: "1000" } });
    const [user, other] = [await newUser(domain, 0), await newUser(domain, 0)];
    const [bytes, last, most] = [content(300), content(100), content(1000)];
    const begin = (who: Ctx, sent: Uint8Array) => createUpload(who, declared("input", sent, undefined, "in"));
    const refused = expect.objectContaining({ code: "INPUT_QUOTA_EXCEEDED", params: { limit: 1000 } });

    const begun = await Promise.allSettled(Array.from({ length: 10 }, () => begin(user, bytes)));
    const uploads = begun.filter((one) => one.status === "fulfilled").map(({ value }) => value);
    expect(uploads).toHaveLength(3);
    for (const one of begun) if (one.status === "rejected") expect(one.reason).toEqual(refused);
    await begin(other, most);
    await expect(begin(other, last)).rejects.toEqual(refused);

    const [first, second, third] = uploads;
    if (!first || !second || !third) throw new Error("three uploads were begun");
    for (const upload of [first, second]) {
      await sendParts(user, upload, bytes);
      expect(await completeUpload(user, upload.id, undefined)).toMatchObject({ state: "ready" });
    }
    await expect(begin(user, bytes)).rejects.toEqual(refused);
    await sendParts(user, third, bytes);
    await domain.rows({ sql: "UPDATE task_inputs SET size = 401 WHERE upload_id = ?", args: [second.id] });
    await expect(completeUpload(user, third.id, undefined)).rejects.toMatchObject({
      code: "INPUT_QUOTA_EXCEEDED",
    });
    await domain.rows({ sql: "UPDATE task_inputs SET size = 300 WHERE upload_id = ?", args: [second.id] });
    await abortUpload(user, (await begin(user, bytes)).id);
    await begin(user, content(400));
  });

  test("are taken from users alone, under names that every file system takes", async () => {
    const domain = await openDomain();
    const user = await newUser(domain, 0);
    const bytes = content(10);
    await expect(createUpload(domain.ctx, declared("input", bytes, undefined, "a"))).rejects.toMatchObject({
      code: "INVALID_TOKEN",
    });
    for (const name of ["", "a/b", "..", "a\u0000", "文".repeat(86), "a\ud800"]) {
      await expect(createUpload(user, declared("input", bytes, undefined, name)), name).rejects.toMatchObject(
        {
          code: "INVALID_FILE_NAME",
        },
      );
    }
  });
});

/** A task that runs on a server, and what its agent sends an output with. */
async function running(domain: Domain) {
  const [user, server] = [await newUser(domain, 10_000), await newServer(domain)];
  const { id } = await newTask(user);
  const attempt = await assign(domain, id, server.id);
  const fields = (changes: Record<string, unknown> = {}) => ({
    agent_token: server.token,
    task_id: id,
    attempt,
    ...changes,
  });
  const begin = async (bytes: Uint8Array, fileName = "out.bin") => {
    const upload = await createUpload(domain.isolate(), declared("output", bytes, fields(), fileName));
    await sendParts(domain.ctx, upload, bytes);
    return upload.id;
  };
  const send = async (bytes: Uint8Array, fileName?: string) =>
    completeUpload(domain.ctx, await begin(bytes, fileName), undefined);
  const end = async (status: "completed" | "failed") => {
    const now = domain.deps.clock();
    await domain.deps.db.write((q) => ({
      ended: endTasks(q, transitions[status], isRun({ taskId: id, attempt }), { cost: 0 }, now),
      concluded: concludeTasks(q, sql`id = ${id}`, status, "test", now),
    }));
  };
  return { user, server, id, attempt, fields, begin, send, end };
}

describe("outputs", () => {
  test("are their task's once the attempt has completed, and go with it", async () => {
    const domain = await openDomain();
    const { user, id, attempt, send, end } = await running(domain);
    const [bytes, name] = [content(900), "结果 1.txt"];
    const { state, result } = await send(bytes, name);
    expect({ state, result }).toEqual({
      state: "ready",
      result: { task_id: id, attempt, file_name: name, size: 900, sha256: sha256(bytes) },
    });
    expect((await getTask(user, id)).outputs).toEqual([]);
    await expect(urlOf(user, id, name)).rejects.toMatchObject({ code: "TASK_OUTPUT_NOT_FOUND" });
    await end("completed");
    const { outputs } = await getTask(user, id);
    expect(outputs).toMatchObject([{ file_name: name, size: 900, sha256: sha256(bytes) }]);
    expect(await bytesAt(await urlOf(user, id, name))).toEqual(bytes);
    const other = await newUser(domain, 0);
    await expect(urlOf(other, id, name)).rejects.toMatchObject({ code: "TASK_OUTPUT_NOT_FOUND" });
    await domain.untilQuiet();
    expect(domain.fake.objects().size).toBe(1);
    await deleteTask(user, id);
    expect(await domain.rows("SELECT bytes FROM usage WHERE category = 'output'")).toEqual([{ bytes: 0 }]);
    await domain.untilQuiet();
    expect(domain.fake.objects().size).toBe(0);
  });

  test("of an attempt that did not complete are refused from then on, and collected", async () => {
    const domain = await openDomain();
    const { user, server, id, fields, begin, send, end } = await running(domain);
    await send(content(100), "first.bin");
    const late = await begin(content(200), "late.bin");
    await end("failed");
    expect(await domain.rows("SELECT id FROM task_outputs")).toEqual([]);
    await expect(completeUpload(domain.ctx, late, undefined)).rejects.toMatchObject({
      code: "STALE_ATTEMPT",
    });
    await retryTask(user, id);
    await assign(domain, id, server.id);
    await expect(begin(content(10))).rejects.toMatchObject({ code: "STALE_ATTEMPT" });
    const current = declared("output", content(10), fields({ attempt: 2 }), "first.bin");
    await createUpload(domain.isolate(), current);
    await domain.untilQuiet();
    expect(domain.fake.objects().size).toBe(0);
    expect(await domain.rows("SELECT sum(bytes) AS bytes FROM usage")).toEqual([{ bytes: 0 }]);
  });

  test("have one name each, and come from the task's own agent", async () => {
    const domain = await openDomain();
    const { id, attempt, fields, begin, send } = await running(domain);
    const another = await newServer(domain);
    const [early, bytes] = [await begin(content(10), "same.bin"), content(20)];
    await send(bytes, "same.bin");
    await expect(send(bytes, "same.bin")).rejects.toMatchObject({ code: "TASK_OUTPUT_EXISTS" });
    await expect(completeUpload(domain.ctx, early, undefined)).rejects.toMatchObject({
      code: "TASK_OUTPUT_EXISTS",
    });
    for (const [given, code] of [
      [fields({ agent_token: another.token }), "TASK_NOT_FOUND"],
      [fields({ task_id: "tsk_unknown" }), "TASK_NOT_FOUND"],
      [fields({ agent_token: "gpa_wrong" }), "INVALID_AGENT_TOKEN"],
      [fields({ attempt: attempt + 1 }), "STALE_ATTEMPT"],
      [fields({ attempt: "1" }), "VALIDATION_ERROR"],
      [{ task_id: id, attempt }, "MISSING_PARAMETER"],
      [undefined, "MISSING_PARAMETER"],
    ] as const) {
      const declaration = declared("output", bytes, given, "other.bin");
      await expect(createUpload(domain.isolate(), declaration), JSON.stringify(given)).rejects.toMatchObject({
        code,
      });
    }
  });

  test("are fetched without signing in by the links of their task, for six hours, and counted", async () => {
    const domain = await openDomain();
    const { user, id, send, end } = await running(domain);
    await send(content(9), "a b.bin");
    await send(content(9), "other");
    await end("completed");
    const linked = async () => {
      const [first] = (await getTask(user, id)).outputs;
      const url = new URL(first?.download_url ?? "", "http://slipway");
      expect(decodeURIComponent(url.pathname)).toBe(`/api/tasks/${id}/outputs/a b.bin`);
      return { token: url.searchParams.get("token") ?? "", count: first?.download_count };
    };
    const { token, count } = await linked();
    expect(count).toBe(0);
    const nobody = domain.isolate({}, { type: "nobody" });
    for (const ctx of [nobody, user]) expect(await urlOf(ctx, id, "a b.bin", token)).toContain("http");
    const name = { taskId: id, fileName: "a b.bin", token };
    await getTaskOutputUrl(nobody, name, false);
    await flushOutputDownloads(nobody);
    await flushOutputDownloads(user);
    expect((await linked()).count).toBe(2);
    const refused = expect.objectContaining({ code: "INVALID_TOKEN" });
    const [until = "", signature] = token.split(".");
    for (const wrong of [undefined, "", `${until}.`, `${Number(until) + 1}.${signature}`, `NaN.${signature}`])
      await expect(urlOf(nobody, id, "a b.bin", wrong), wrong).rejects.toEqual(refused);
    await expect(urlOf(nobody, id, "other", token)).rejects.toEqual(refused);
    domain.advance(6 * 3600_000);
    await expect(urlOf(nobody, id, "a b.bin", token)).rejects.toEqual(refused);
    expect(await urlOf(nobody, id, "a b.bin", (await linked()).token)).toContain("http");
    await deleteTask(user, id);
    await expect(urlOf(user, id, "a b.bin")).rejects.toMatchObject({ code: "TASK_OUTPUT_NOT_FOUND" });
  });

  test("may be empty, as inputs may", async () => {
    const domain = await openDomain();
    const nothing = new Uint8Array();
    const { user, server, id, attempt, send, end } = await running(domain);
    const input = await sendInput(user, nothing, "empty.txt");
    const next = await newTask(user, { config: { inputs: [input] } });
    await assign(domain, next.id, server.id);
    const [given] = (await signInputsOf(user, [next.id])).get(next.id) ?? [];
    expect(given).toMatchObject({ file_name: "empty.txt", size: 0, sha256: sha256(nothing) });
    expect(await bytesAt(given?.url ?? "")).toEqual(nothing);

    expect(await send(nothing, "done")).toMatchObject({
      state: "ready",
      result: { task_id: id, attempt, file_name: "done", size: 0, sha256: sha256(nothing) },
    });
    await expect(send(nothing, "done")).rejects.toMatchObject({ code: "TASK_OUTPUT_EXISTS" });
    await end("completed");
    const { outputs } = await getTask(user, id);
    expect(outputs).toMatchObject([{ file_name: "done", size: 0, sha256: sha256(nothing) }]);
    expect(await bytesAt(await urlOf(user, id, "done"))).toEqual(nothing);
    await domain.untilQuiet();
    expect(await bytesAt(await urlOf(user, id, "done"))).toEqual(nothing);
  });

  test("that are empty are held to their size and SHA-256 as others are", async () => {
    const domain = await openDomain();
    const { fields } = await running(domain);
    const nothing = new Uint8Array();
    const begin = (name: string, more: object) =>
      createUpload(domain.isolate(), { ...declared("output", nothing, fields(), name), ...more });
    const other = await begin("other", { sha256: sha256(content(1)) });
    await domain.deps.storage.put(`staging/${other.id}`, nothing, { contentType: "application/zip" });
    await expect(completeUpload(domain.ctx, other.id, undefined)).rejects.toMatchObject({
      code: "CHECKSUM_MISMATCH",
    });
    const larger = await begin("larger", {});
    await domain.deps.storage.put(`staging/${larger.id}`, content(1), { contentType: "application/zip" });
    await expect(completeUpload(domain.ctx, larger.id, undefined)).rejects.toMatchObject({
      code: "SIZE_MISMATCH",
    });
    const absent = await begin("absent", {});
    await expect(completeUpload(domain.ctx, absent.id, undefined)).rejects.toMatchObject({
      code: "UPLOAD_INCOMPLETE",
    });
    for (const kind of ["package", "plugin", "backup"]) {
      const upload = { ...declared("output", nothing, {}, "a.zip"), kind };
      await expect(createUpload(domain.ctx, upload), kind).rejects.toMatchObject({ code: "EMPTY_FILE" });
    }
  });

  test("that something left behind are swept, and no others", async () => {
    const domain = await openDomain();
    const { id, send, end } = await running(domain);
    await send(content(100), "kept.bin");
    await end("completed");
    const lost = await running(domain);
    await lost.send(content(100), "lost.bin");
    await domain.rows({ sql: "UPDATE tasks SET status = 'failed' WHERE id = ?", args: [lost.id] });
    await domain.cron("17 3 * * *");
    expect(await domain.rows("SELECT task_id, file_name FROM task_outputs")).toEqual([
      { task_id: id, file_name: "kept.bin" },
    ]);
  });
});
