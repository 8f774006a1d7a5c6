import { drain, readText, send } from "../cli/http.ts";

/** An answer's wait at most; a server that is slower is down for our purposes. */
const IDLE_MS = 30_000;

export type ServerAnswer = { status: number; body: unknown; retryAfterSeconds: number | undefined };

/** The Slipway server as the agent sees it. */
export type Server = {
  url: string;
  /** @throws CliError NETWORK when no answer came. */
  post: (path: string, body: unknown, signal?: AbortSignal) => Promise<ServerAnswer>;
};

export function createServer(url: string, token: string): Server {
  return {
    url,
    async post(path, body, signal) {
      const answer = await send(url + path, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
        body: JSON.stringify(body),
        idleMs: IDLE_MS,
        ...(signal && { signal }),
      });
      const retryAfterSeconds = Number(answer.headers["retry-after"]) || undefined;
      if (!String(answer.headers["content-type"]).includes("json")) {
        drain(answer);
        return { status: answer.status, body: undefined, retryAfterSeconds };
      }
      return { status: answer.status, body: parse(await readText(answer)), retryAfterSeconds };
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
