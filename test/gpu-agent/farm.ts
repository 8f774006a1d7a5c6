import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import { freePort } from "../../scripts/process/processes.ts";
import type { Secrets } from "../../scripts/stack/secrets.ts";
import { startServer, type ServerProcess } from "../support/server-process.ts";

export type Task = {
  id: string;
  status: string;
  progress: number;
  attempt: number;
  cost: number;
  error_message: string | null;
  result: Record<string, unknown>;
  outputs: { file_name: string; size: number; sha256: string; download_url: string }[];
  started_at: string;
  completed_at: string;
};
type Line = { level: string; message: string };

const PASSWORD = "a long enough pass phrase";

/** A whole Slipway on one address, as people start and stop it, with an administrator and a user who has money. */
export async function startFarm(dataDir: string, settings: Record<string, string>) {
  const all = { PORT: String(await freePort()), ...settings };
  let server: ServerProcess = startServer(dataDir, all);
  const url = await server.ready;

  async function call<T>(path: string, token?: string, json?: unknown, method = json ? "POST" : "GET") {
    const answer = await fetch(url + path, {
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(json !== undefined && { "content-type": "application/json" }),
      },
      ...(json !== undefined && { body: JSON.stringify(json) }),
    });
    const text = await answer.text();
    expect(answer.ok, `${method} ${path}: ${text}`).toBe(true);
    return JSON.parse(text) as T;
  }
  const data = async <T>(...args: Parameters<typeof call>) => (await call<{ data: T }>(...args)).data;
  const signIn = async (email: string, password: string) =>
    (await data<{ token: string }>("/api/auth/login", undefined, { email, password })).token;

  const { adminPassword } = JSON.parse(await readFile(join(dataDir, "secrets.json"), "utf8")) as Secrets;
  const admin = await signIn("admin@example.com", adminPassword);
  const email = "someone@example.com";
  await call("/api/auth/register", undefined, { email, username: "someone", password: PASSWORD });
  const user = await signIn(email, PASSWORD);
  const { codes } = await data<{ codes: { code: string }[] }>("/api/recharge/codes", admin, {
    amount: 10_000,
    batch_size: 1,
  });
  await call("/api/recharge/redeem", user, { code: codes[0]?.code });

  const task = (id: string) => data<Task>(`/api/tasks/${id}`, user);

  return {
    url,
    task,
    balance: async () => (await data<{ balance: number }>("/api/users/me", user)).balance,
    checkLedger: () => data<{ ok: boolean; problems: unknown[] }>("/api/admin/ledger/check", admin),
    addServer: (name: string, changes: object = {}) =>
      data<{ id: string; agent_token: string }>("/api/gpu/servers", admin, {
        name,
        max_concurrent_tasks: 4,
        ...changes,
      }),
    changeServer: (id: string, changes: object) => call(`/api/gpu/servers/${id}`, admin, changes, "PUT"),
    rotate: async (id: string) =>
      (await data<{ agent_token: string }>(`/api/gpu/servers/${id}/rotate-token`, admin, {})).agent_token,
    create: async (task_type: string, config: object = {}) =>
      (await data<Task>("/api/tasks", user, { title: task_type, task_type, estimated_duration: 60, config }))
        .id,
    cancel: (id: string) => call(`/api/tasks/${id}/cancel`, user, {}),
    lines: async (id: string) =>
      (await data<{ items: Line[] }>(`/api/logs/tasks/${id}`, user)).items.map(({ message }) => message),
    /** Sends an input file and gives the name that tasks know it by. */
    async send(filename: string, bytes: Uint8Array<ArrayBuffer>) {
      type Ticket = {
        upload_id: string;
        upload_token: string;
        parts: { url: string; headers: HeadersInit }[];
      };
      const size = bytes.length;
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      const upload = { kind: "input", filename, size, sha256, input: {} };
      const ticket = await call<Ticket>("/api/v1/uploads", user, upload);
      for (const { url: target, headers } of ticket.parts)
        expect((await fetch(target, { method: "PUT", headers, body: bytes })).status).toBe(200);
      const path = `/api/v1/uploads/${ticket.upload_id}/complete`;
      expect(await call(path, ticket.upload_token, {})).toMatchObject({ state: "ready" });
      return ticket.upload_id;
    },
    /** Looks again until the task is as it should be: nothing tells its user. */
    async until(id: string, condition: (task: Task) => boolean): Promise<Task> {
      for (;;) {
        const found = await task(id);
        if (condition(found)) return found;
        if (found.status === "failed") throw new Error(`task failed: ${found.error_message}`);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
    async stop() {
      process.kill(server.pid, "SIGTERM");
      await server.exited;
    },
    async startAgain() {
      server = startServer(dataDir, all);
      expect(await server.ready).toBe(url);
    },
  };
}

export type Farm = Awaited<ReturnType<typeof startFarm>>;
