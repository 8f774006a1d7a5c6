import { createHash, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { AgentError } from "./config.ts";
import type { Log } from "./log.ts";
import { assignmentSchema } from "./protocol.ts";
import type { StatusReport } from "./status.ts";
import type { Supervisor } from "./supervisor.ts";

/** An assignment with its config and links. */
const MAX_BODY_BYTES = 1024 * 1024;
/** How long a whole request may take; the server does not wait longer for its answer. */
const REQUEST_TIMEOUT_MS = 5_000;
const CHECK_MS = 1_000;
/** The server needs few connections. Others must not use up the agent's file descriptors. */
const MAX_CONNECTIONS = 64;
/** How often calls with a wrong token are logged. */
const STRANGER_EVERY_MS = 60_000;

type Answer = { status: number; body: unknown };

/** Answers the server's calls on `port` until closed. @throws AgentError where it cannot listen. */
export async function listen(
  options: { port: number; host: string; token: string },
  supervisor: Supervisor,
  status: () => Promise<StatusReport>,
  log: Log,
): Promise<() => Promise<void>> {
  const known = digest(`Bearer ${options.token}`);
  let strangerAt = -Infinity;
  const http = createServer(
    {
      requestTimeout: REQUEST_TIMEOUT_MS,
      headersTimeout: REQUEST_TIMEOUT_MS,
      connectionsCheckingInterval: CHECK_MS,
    },
    (request, response) => {
      void answer(request)
        .catch((error: unknown): Answer => {
          log("error", "call not answered", { error: String(error) });
          return { status: 500, body: { error: "internal" } };
        })
        .then((given) => reply(request, response, given));
    },
  );
  http.maxConnections = MAX_CONNECTIONS;

  async function answer(request: IncomingMessage): Promise<Answer> {
    const presented = digest(request.headers.authorization ?? "");
    if (!timingSafeEqual(presented, known)) {
      noteStranger(request);
      return { status: 401, body: { error: "wrong token" } };
    }
    const [path = ""] = (request.url ?? "").split("?");
    const call = `${request.method} ${path}`;
    if (call === "GET /status") return { status: 200, body: await status() };
    const cancelled = /^POST \/tasks\/([\w-]{1,64})\/cancel$/.exec(call)?.[1];
    if (call !== "POST /tasks" && cancelled === undefined)
      return { status: 404, body: { error: "no such call" } };
    const body = await readJson(request);
    if (body === "too long") return { status: 413, body: { error: "the body is larger than 1 MiB" } };
    return cancelled === undefined ? accept(body) : cancel(cancelled, body);
  }

  function noteStranger(request: IncomingMessage): void {
    if (Date.now() - strangerAt < STRANGER_EVERY_MS) return;
    strangerAt = Date.now();
    log("warn", "call with a wrong token", { from: request.socket.remoteAddress ?? "" });
  }

  function accept(body: unknown): Answer {
    const assignment = assignmentSchema.safeParse(body);
    if (!assignment.success) return { status: 422, body: { error: "the body is not an assignment" } };
    const how = supervisor.accept(assignment.data, "called");
    const statuses = { accepted: 202, "has it": 409, full: 429 } as const;
    return { status: statuses[how], body: { state: how } };
  }

  function cancel(taskId: string, body: unknown): Answer {
    const attempt = (body as { attempt?: unknown } | null | undefined)?.attempt;
    if (typeof attempt !== "number") return { status: 422, body: { error: "attempt is missing" } };
    return { status: 200, body: { cancelled: supervisor.cancel(taskId, attempt) } };
  }

  await new Promise<void>((resolve, reject) => {
    http.once("error", (error: NodeJS.ErrnoException) =>
      reject(
        new AgentError(
          `--listen: cannot listen on ${options.host}:${options.port} (${error.code}); choose another port or --host`,
        ),
      ),
    );
    http.listen(options.port, options.host, resolve);
  });
  log("info", "listening", { host: options.host, port: (http.address() as AddressInfo).port });
  return () =>
    new Promise((resolve) => {
      http.close(() => resolve());
      http.closeAllConnections();
    });
}

/** The JSON of a body; undefined where it is not JSON, or breaks off. */
async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > MAX_BODY_BYTES) return "too long";
      chunks.push(chunk);
    }
    return JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch {
    return undefined;
  }
}

/** Answers a request that was not read to its end and closes its connection, because the rest of it may be endless. */
function reply(request: IncomingMessage, response: ServerResponse, { status, body }: Answer): void {
  const isRead = request.readableEnded || request.method === "GET";
  response.writeHead(status, { "content-type": "application/json", ...(!isRead && { connection: "close" }) });
  response.end(JSON.stringify(body), () => {
    if (!isRead) request.socket.destroySoon();
  });
}

const digest = (text: string) => createHash("sha256").update(text).digest();
