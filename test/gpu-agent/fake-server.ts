import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

export const TOKEN = "gpa_test-token-of-the-agent";

type Event = {
  seq: number;
  type: string;
  progress?: number;
  message?: string;
  result?: unknown;
  error?: string;
};
export type Heartbeat = {
  want: number;
  running_tasks: { task_id: string; attempt: number }[];
  gpus: unknown[];
  task_types: string[];
};

/** The server's side of the agent protocol: hands out what a test queues, and records what the agent says. */
export async function startFakeServer() {
  const assignments: Record<string, unknown>[] = [];
  const cancellations: { task_id: string; attempt: number }[] = [];
  const heartbeats: Heartbeat[] = [];
  const events = new Map<string, Map<number, Event>>();
  const stale = new Set<string>();
  const listeners = new Set<() => void>();
  let up = true;

  /** Files that tasks may name as inputs. */
  const inputs = new Map<string, string>();

  async function answer(request: IncomingMessage): Promise<{ status: number; body: unknown }> {
    const input = inputs.get(request.url?.replace("/inputs/", "") ?? "");
    if (input !== undefined) return { status: 200, body: input };
    if (request.headers.authorization !== `Bearer ${TOKEN}`)
      return { status: 401, body: { success: false, error_code: "INVALID_AGENT_TOKEN" } };
    const body: unknown = JSON.parse(await text(request));
    if (request.url === "/api/gpu/agent/heartbeat") return heartbeat(body as Heartbeat);
    const task = /^\/api\/gpu\/agent\/tasks\/([^/]+)\/events$/.exec(request.url ?? "")?.[1];
    return task === undefined
      ? { status: 404, body: {} }
      : report(task, body as { attempt: number; events: Event[] });
  }

  function heartbeat(said: Heartbeat) {
    heartbeats.push(said);
    const assign = assignments.splice(0, said.want);
    const cancel = cancellations.splice(0);
    return { status: 200, body: { success: true, data: { assign, cancel, next_seconds: 0.3 } } };
  }

  function report(task: string, said: { attempt: number; events: Event[] }) {
    const key = `${task}.${said.attempt}`;
    if (stale.has(key)) return { status: 409, body: { success: false, error_code: "STALE_ATTEMPT" } };
    const known = events.get(key) ?? new Map<number, Event>();
    events.set(key, known);
    for (const event of said.events) known.set(event.seq, event);
    return { status: 200, body: { success: true, data: null } };
  }

  const http = createServer((request, response) => {
    if (!up) {
      request.socket.destroy();
      return;
    }
    void answer(request).then(({ status, body }) => {
      response
        .writeHead(status, { "content-type": "application/json" })
        .end(typeof body === "string" ? body : JSON.stringify(body));
      for (const listener of listeners) listener();
    });
  });
  http.listen(0, "127.0.0.1");
  await once(http, "listening");

  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    heartbeats,
    stale,
    inputs,
    assign: (task: Record<string, unknown>) => void assignments.push(task),
    cancel: (task_id: string, attempt: number) => void cancellations.push({ task_id, attempt }),
    /** Cuts every connection from now on, or takes them again. */
    setUp: (value: boolean) => void (up = value),
    /** What an attempt has reported, in order. */
    eventsOf: (task: string, attempt: number) =>
      [...(events.get(`${task}.${attempt}`)?.values() ?? [])].toSorted((a, b) => a.seq - b.seq),
    /** Resolves as soon as a call of the agent has made `condition` true. */
    until: (condition: () => boolean) =>
      new Promise<void>((resolve) => {
        const check = () => {
          if (!condition()) return;
          listeners.delete(check);
          resolve();
        };
        listeners.add(check);
        check();
      }),
    async stop() {
      http.closeAllConnections();
      http.close();
      await once(http, "close");
    },
  };
}

export type FakeServer = Awaited<ReturnType<typeof startFakeServer>>;
