import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { bearer } from "./accounts.ts";
import type { TestStack } from "./stack.ts";

type Attempt = { task_id: string; attempt: number };
export type Given = Attempt & {
  task_type: string;
  config: Record<string, unknown>;
  timeout_seconds: number;
  lease_seconds: number;
  callback_url: string;
};

/** What an agent that listens does when it is called. */
export type Manner =
  | "good"
  /** Takes nothing. */
  | "full"
  /** Takes a task and fails to say so. */
  | "mute"
  | "garbage"
  /** Something that is JSON, but no report. */
  | "wrong types"
  /** 10 MiB. */
  | "huge"
  | "redirect"
  /** Begins to answer and never ends. */
  | "slow";

const MIB = 1024 * 1024;

/** An agent that listens and does as it is told to. */
export async function startPushAgent(manner: Manner = "good") {
  const calls: { call: string; token: string; body: unknown }[] = [];
  const running = new Map<string, Given>();
  const waiting: (() => void)[] = [];
  const agent = { manner, calls, running, url: "", slots: 10, gpus: [] as unknown[], until, stop };

  const report = () => ({
    name: "fake",
    version: "1",
    cpu_usage: 12.5,
    memory_usage: 50,
    total_memory: 24,
    used_memory: 12,
    gpus: agent.gpus,
    running_tasks: [...running.values()].map(({ task_id, attempt }) => ({ task_id, attempt, progress: 10 })),
    max_concurrent_tasks: agent.slots,
    timestamp: new Date().toISOString(),
  });

  async function answer(request: IncomingMessage, response: ServerResponse) {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    const body: unknown = text ? JSON.parse(text) : undefined;
    const call = `${request.method} ${request.url}`;
    calls.push({ call, token: (request.headers.authorization ?? "").replace("Bearer ", ""), body });
    reply(call, body, response);
    for (const wake of waiting.splice(0)) wake();
  }

  function reply(call: string, body: unknown, response: ServerResponse) {
    const json = (status: number, value: unknown) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
    switch (agent.manner) {
      case "garbage":
        return void response.writeHead(200).end("<html>not a report</html>");
      case "wrong types":
        return void json(200, { cpu_usage: "much", running_tasks: {} });
      case "huge":
        return void response.writeHead(200).end(Buffer.alloc(10 * MIB, "[1,"));
      case "redirect":
        return void response.writeHead(302, { location: `${agent.url}/elsewhere` }).end();
      case "slow":
        return void response.writeHead(200).write("{");
      default:
    }
    if (call === "GET /status") return void json(200, report());
    if (call === "POST /tasks") {
      const given = body as Given;
      if (agent.manner === "full") return void json(429, {});
      running.set(given.task_id, given);
      return agent.manner === "mute" ? void response.destroy() : void json(202, {});
    }
    if (call.endsWith("/cancel")) running.delete(call.split("/")[2] ?? "");
    json(200, {});
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  agent.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  /** Resolves when a call was made for which `condition` holds. */
  async function until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => waiting.push(resolve));
  }

  async function stop() {
    server.close();
    server.closeAllConnections();
    await once(server, "close");
  }
  return agent;
}

/** An agent behind NAT: it asks, over a stack's interface. */
export function pullAgent(stack: TestStack, token: string) {
  const headers = bearer(token);
  return {
    heartbeat: (report: Record<string, unknown> = {}) =>
      stack.request<{ data: { cancel: Attempt[]; assign: Given[]; next_seconds: number } }>(
        "/api/gpu/agent/heartbeat",
        { json: { want: 1, ...report }, headers },
      ),
    events: ({ task_id, attempt }: Attempt, events: Record<string, unknown>[]) =>
      stack.request(`/api/gpu/agent/tasks/${task_id}/events`, { json: { attempt, events }, headers }),
  };
}
