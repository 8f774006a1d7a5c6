import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What happens to one statement or batch on its way. */
export type Behaviour =
  /** Refused by the server before it begins. */
  | "429"
  | "500"
  /** The answer of a server whose write lock is held for too long. */
  | "busy"
  /** Done, the answer cut off. */
  | "lost"
  /** Cut off before the server has seen it. */
  | "cut"
  /** Never answered. */
  | "silent";

/** Stands between a client and a libSQL server, passing all on but what it is told to spoil. */
export async function startDatabaseProxy(target: string) {
  const planned: Behaviour[] = [];
  const bodies: string[] = [];

  async function serve(
    path: string,
    method: string,
    headers: Headers,
    body: string,
    response: ServerResponse,
  ) {
    const isWork = body.includes('"batch"') || body.includes('"execute"');
    if (isWork) bodies.push(body);
    const behaviour = isWork ? planned.shift() : undefined;
    if (behaviour === "silent") return;
    if (behaviour === "cut") return void response.destroy();
    if (behaviour === "429") return void response.writeHead(429).end("Too Many Requests");
    if (behaviour === "500") return void response.writeHead(500).end("Internal Server Error");
    if (behaviour === "busy") {
      const answer = JSON.stringify(busyAnswer(body));
      return void response.writeHead(200, { "content-type": "application/json" }).end(answer);
    }
    const answer = await fetch(target + path, { method, headers, ...(body && { body }) });
    const text = await answer.text();
    if (behaviour === "lost") return void response.destroy();
    response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "" }).end(text);
  }

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const headers = new Headers({
        authorization: request.headers.authorization ?? "",
        "content-type": request.headers["content-type"] ?? "application/json",
      });
      const body = Buffer.concat(chunks).toString();
      serve(request.url ?? "/", request.method ?? "GET", headers, body, response).catch(() =>
        response.destroy(),
      );
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    /** Spoils the next statements or batches, one each, in this order. */
    plan: (...behaviours: Behaviour[]) => void planned.push(...behaviours),
    /** The bodies of all statements and batches so far. */
    bodies,
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

type Pipeline = { requests: { type: string; batch?: { steps: unknown[] } }[] };

/** Hrana's answer to a pipeline whose batch could not begin: its first step fails, the rest is not run. */
function busyAnswer(body: string) {
  const { requests } = JSON.parse(body) as Pipeline;
  const error = { message: "SQLite error: database is locked", code: "SQLITE_BUSY" };
  const results = requests.map(({ type, batch }) => {
    if (type === "execute") return { type: "error", error };
    const none = batch?.steps.map(() => null) ?? [];
    const result = batch && { step_results: none, step_errors: none.with(0, error as never) };
    return { type: "ok", response: { type, result } };
  });
  return { baton: null, base_url: null, results };
}
