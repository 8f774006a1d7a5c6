import { ClientError } from "../client/errors.ts";
import { drain, readText, send } from "../client/http.ts";
import type { Log } from "./log.ts";

/** The longest wait for an answer. A server that is slower counts as away. */
const IDLE_MS = 30_000;
/**
 * The statuses by which a proxy or a Worker says that the server behind it is away. Other servers at this address may send
 * them too.
 */
const AWAY = new Set([502, 503, 504]);

/** `code` is the error's code, where a Slipway server refused the request. */
export type ServerAnswer = {
  status: number;
  body: unknown;
  code: string | undefined;
  retryAfterMs: number;
};

/** The Slipway server as the agent sees it. It logs when the server comes and goes, and when it refuses the token. */
export type Server = {
  /** @returns undefined when no answer came, or one that only says that the server is away @throws when `signal` fires */
  post: (path: string, body: unknown, signal: AbortSignal) => Promise<ServerAnswer | undefined>;
  /** Fires when the server, after it was away, is reached again. */
  returned: () => AbortSignal;
  /** Notes that the token was refused on another way. */
  tokenRefused: () => void;
};

export function createServer(url: string, token: string, log: Log): Server {
  let state: "reached" | "away" | "refused" | undefined;
  let back = new AbortController();

  function become(next: typeof state, why = ""): void {
    if (next === state) return;
    state = next;
    if (next === "reached") {
      log("info", "server reached", { server: url });
      back.abort();
      back = new AbortController();
    } else if (next === "away") log("warn", "server not reached", { server: url, why });
    else
      log("error", "token refused: start again with the current token; tasks and results are kept", {
        server: url,
      });
  }

  async function post(path: string, body: unknown, signal: AbortSignal): Promise<ServerAnswer | undefined> {
    try {
      const answer = await send(url + path, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
        body: JSON.stringify(body),
        idleMs: IDLE_MS,
        signal,
      });
      const { status } = answer;
      const isJson = String(answer.headers["content-type"]).includes("json");
      if (!isJson) drain(answer);
      const read = isJson ? parse(await readText(answer)) : undefined;
      const code = codeOf(read);
      if (AWAY.has(status) || !isJson || code === "NOT_FOUND") become("away", `status ${status}`);
      else become(code === "INVALID_AGENT_TOKEN" ? "refused" : "reached");
      return { status, body: read, code, retryAfterMs: 1000 * (Number(answer.headers["retry-after"]) || 0) };
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof ClientError)) throw error;
      become("away", error.message);
      return undefined;
    }
  }

  return { post, returned: () => back.signal, tokenRefused: () => become("refused") };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function codeOf(body: unknown): string | undefined {
  const code = (body as { error_code?: unknown } | null | undefined)?.error_code;
  return typeof code === "string" ? code : undefined;
}
