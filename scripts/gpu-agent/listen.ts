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
const REQUEST_TIMEOUT_MS = 15_000;

type Answer = { status: number; body: unknown };

/** Answers the server's calls on `port` until closed. @throws AgentError where it cannot listen. */
export async function listen(
  options: { port: number; host: string; token: string },
  supervisor: Supervisor,
  status: () => Promise<StatusReport>,
  log: Log,
): Promise<() => Promise<void>> {
  const known = digest(`Bearer ${options.token}`);
  const http = createServer({ requestTimeout: REQUEST_TIMEOUT_MS }, (request, response) => {
    void answer(request)
      .catch((error: unknown): Answer => {
        log("error", "call not answered", { error: String(error) });
        return { status: 500, body: { error: "internal" } };
      })
      .then((given) => reply(response, given));
  });

  async function answer(request: IncomingMessage): Promise<Answer> {
    const presented = digest(request.headers.authorization ?? "");
    if (!timingSafeEqual(presented, known)) return { status: 401, body: { error: "wrong token" } };
    const call = `${request.method} ${new URL(request.url ?? "/", "http://agent").pathname.replace(/\/+$/, "")}`;
    if (call === "GET /status") return { status: 200, body: await status() };
    const body = request.method === "POST" ? await readJson(request) : undefined;
    if (call === "POST /tasks") return accept(body);
    const cancelled = /^POST \/tasks\/([\w-]{1,64})\/cancel$/.exec(call)?.[1];
    if (cancelled !== undefined) return cancel(cancelled, body);
    return { status: 404, body: { error: "no such call" } };
  }

  function accept(body: unknown): Answer {
    const assignment = assignmentSchema.safeParse(body);
    if (!assignment.success) return { status: 422, body: { error: "not an assignment" } };
    const how = supervisor.accept(assignment.data);
    const statuses = { accepted: 202, "has it": 409, full: 429 } as const;
    return { status: statuses[how], body: { state: how } };
  }

  function cancel(taskId: string, body: unknown): Answer {
    const attempt = (body as { attempt?: unknown } | undefined)?.attempt;
    if (typeof attempt !== "number") return { status: 422, body: { error: "attempt is missing" } };
    return { status: 200, body: { cancelled: supervisor.cancel(taskId, attempt) } };
  }

  await new Promise<void>((resolve, reject) => {
    http.once("error", (error: NodeJS.ErrnoException) =>
      reject(new AgentError(`--listen: cannot listen on ${options.host}:${options.port} (${error.code})`)),
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

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch {
    return undefined;
  }
}

function reply(response: ServerResponse, { status, body }: Answer): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

const digest = (text: string) => createHash("sha256").update(text).digest();
