import http from "node:http";
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import https from "node:https";
import type { Readable } from "node:stream";
import { ClientError, EXIT, errorCode } from "./errors.ts";
import { directHosts, refuseUnusableProxy } from "./proxy.ts";

export type Answer = { status: number; headers: IncomingHttpHeaders; body: IncomingMessage };

export type Send = {
  method: string;
  headers?: Record<string, string>;
  /** A stream needs a content-length in the headers. */
  body?: string | Readable;
  signal?: AbortSignal;
  /** Milliseconds without a byte in either direction before the connection is given up. */
  idleMs?: number;
};

const IDLE_MS = 60_000;
const MAX_TEXT_BYTES = 16 * 1024 * 1024;

type Agents = { "http:": http.Agent; "https:": https.Agent };
let agents: Agents | undefined;

/** Kept-alive connections, through the proxies that HTTP_PROXY, HTTPS_PROXY and NO_PROXY name. */
function agentsOf(env: NodeJS.ProcessEnv): Agents {
  if (agents !== undefined) return agents;
  const options = { keepAlive: true, proxyEnv: { ...env, no_proxy: directHosts(env) } };
  try {
    agents = { "http:": new http.Agent(options), "https:": new https.Agent(options) };
  } catch (cause) {
    throw new ClientError(
      EXIT.usage,
      "BAD_PROXY",
      "HTTP_PROXY or HTTPS_PROXY does not name a usable proxy.",
      {
        hint: "Write it like http://proxy.example.com:3128",
        cause,
      },
    );
  }
  return agents;
}

let trace: ((line: string) => void) | undefined;

/**
 * Reports every exchange from now on in one line. Query, headers and bodies are left out, because they may hold secrets.
 */
export function traceExchanges(tell: (line: string) => void): void {
  trace = tell;
}

/**
 * One HTTP exchange over kept-alive connections. Redirects are not followed, and error statuses are answers. It uses
 * node:http because that sends a part from disk about as fast as the loopback allows, which fetch does not.
 * @throws ClientError `NETWORK` when no answer came; an AbortError when `signal` fired.
 */
export function send(url: URL | string, options: Send): Promise<Answer> {
  const target = new URL(url);
  const secure = target.protocol === "https:";
  if (!secure && target.protocol !== "http:") {
    throw new ClientError(
      EXIT.usage,
      "USAGE",
      `${target.protocol}// addresses cannot be used: name one with http:// or https://.`,
    );
  }
  refuseUnusableProxy(target, process.env);
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const request = (secure ? https : http).request(target, {
    method: options.method,
    headers: options.headers,
    agent: agentsOf(process.env)[secure ? "https:" : "http:"],
    signal: options.signal,
  });
  const startedAt = Date.now();
  const tell = (outcome: string) =>
    trace?.(`${options.method} ${target.origin}${target.pathname}: ${outcome}, ${Date.now() - startedAt} ms`);
  const fail = (error: unknown) => reject(options.signal?.aborted ? error : networkError(target, error));
  request.setTimeout(options.idleMs ?? IDLE_MS, () => {
    request.destroy(
      Object.assign(new Error("no byte was sent or received for too long"), { code: "ETIMEDOUT" }),
    );
  });
  request.on("error", (error) => {
    tell(errorCode(error) ?? error.message);
    fail(error);
  });
  request.on("response", (body) => {
    // The answer came before all of the body was sent, so the connection cannot be used again.
    body.on("end", () => {
      if (!request.writableFinished) request.destroy();
    });
    tell(String(body.statusCode));
    resolve({ status: body.statusCode ?? 0, headers: body.headers, body });
  });
  if (options.body === undefined || typeof options.body === "string") {
    request.end(options.body);
  } else {
    const source = options.body;
    source.on("error", (error) => {
      reject(error);
      request.destroy();
    });
    request.on("close", () => source.destroy());
    source.pipe(request);
  }
  return promise;
}

/** The body of an answer as text, at most 16 MiB. */
export async function readText(answer: Answer): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of answer.body as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > MAX_TEXT_BYTES)
        throw new ClientError(
          EXIT.unexpected,
          "ANSWER_TOO_LONG",
          "The server's answer is too long: check that the address is a Slipway server's.",
        );
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof ClientError) throw error;
    throw new ClientError(
      EXIT.unavailable,
      "NETWORK",
      "The connection broke off in the middle of the answer.",
      {
        cause: error,
      },
    );
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** Reads an answer's body to its end, so that its connection can be used again. */
export function drain(answer: Answer): void {
  answer.body.on("error", () => undefined).resume();
}

/** Closes the connections that are kept alive. */
export function closeConnections(): void {
  agents?.["http:"].destroy();
  agents?.["https:"].destroy();
}

const REASONS: Record<string, string> = {
  ECONNREFUSED: "nothing listens there",
  ENOTFOUND: "the host name is unknown",
  EAI_AGAIN: "the host name could not be looked up",
  ECONNRESET: "the connection was cut",
  EPIPE: "the connection was cut",
  ETIMEDOUT: "it did not answer in time",
};

function networkError(target: URL, error: unknown): ClientError {
  const code = errorCode(error) ?? "";
  const reason = REASONS[code] ?? (error instanceof Error && error.message !== "" ? error.message : code);
  return new ClientError(EXIT.unavailable, "NETWORK", `Cannot reach ${target.origin}: ${reason}.`, {
    hint: "Check the address and the network; `slipway doctor` looks further.",
    cause: error,
  });
}
