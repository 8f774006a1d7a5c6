import { ClientError, EXIT, exitCodeOf } from "./errors.ts";
import { readText, send } from "./http.ts";
import type { Answer } from "./http.ts";
import { backoff, retryAfter, wait } from "./retry.ts";

export type Call = {
  query?: Record<string, string | number | undefined>;
  json?: unknown;
  headers?: Record<string, string>;
  /** An upload's own token, which is sent in place of the API key. */
  token?: string;
  /** Whether the API key is sent. `required`: the call fails without one. */
  key?: "required" | "if-set" | "never";
};

/** What fails and is tried again: since when, and until when at the most. Milliseconds since 1970. */
export type Retry = { since: number; until: number };

export type Client = {
  url: string;
  /** Returns the status and JSON of a successful answer; throws for any other. */
  call(method: string, path: string, call?: Call): Promise<{ status: number; json: unknown }>;
  /** One exchange without retries or error mapping. */
  raw(method: string, path: string, call?: Call): Promise<Answer>;
  /** The same client with another `patienceMs`. */
  withPatience(patienceMs: number): Client;
};

const SHORT_WAIT_SECONDS = 15;
const TRY_AGAIN = new Set([429, 502, 503, 504]);

/**
 * A client of one server. Failures that may pass (network, 502-504, a 429 that asks for a short wait) are tried again for
 * `patienceMs`. That is safe, because every call of the server's interface may be repeated.
 */
export function createClient(options: {
  url: string;
  apiKey: string | undefined;
  signal: AbortSignal;
  patienceMs: number;
  /** Sent with every call of the server, and to no bucket. */
  headers?: Record<string, string>;
  /** Told of each failure that is followed by another try, and with nothing once that has an answer. */
  onRetry?: ((retry: Retry | undefined) => void) | undefined;
}): Client {
  const { url, apiKey, signal, patienceMs, onRetry } = options;

  async function raw(method: string, path: string, call: Call = {}): Promise<Answer> {
    const target = new URL(url + path);
    for (const [name, value] of Object.entries(call.query ?? {})) {
      if (value !== undefined) target.searchParams.set(name, String(value));
    }
    const headers: Record<string, string> = {
      accept: "application/json",
      ...options.headers,
      ...call.headers,
    };
    if (call.token !== undefined) headers["authorization"] = `Bearer ${call.token}`;
    else if (call.key !== "never" && apiKey !== undefined) headers["x-api-key"] = apiKey;
    else if (call.key === "required") throw missingKey();
    const body = call.json === undefined ? undefined : JSON.stringify(call.json);
    if (body !== undefined) headers["content-type"] = "application/json";
    if (method !== "GET" && method !== "HEAD")
      headers["content-length"] = String(new TextEncoder().encode(body).length);
    return send(target, { method, headers, body, signal });
  }

  async function call(method: string, path: string, options: Call = {}) {
    const since = Date.now();
    const deadline = since + patienceMs;
    for (let failures = 1; ; failures++) {
      let pause: number;
      try {
        const answer = await raw(method, path, options);
        const text = await readText(answer);
        if (failures > 1 && !TRY_AGAIN.has(answer.status)) onRetry?.(undefined);
        if (answer.status >= 200 && answer.status < 300)
          return { status: answer.status, json: parse(text, url) };
        const asked = retryAfter(answer.headers["retry-after"]);
        const error = answerError(answer, text, asked);
        if (!TRY_AGAIN.has(answer.status) || (asked ?? 0) > SHORT_WAIT_SECONDS) throw error;
        if (answer.status === 429 && asked === undefined) throw error;
        pause = Math.max((asked ?? 0) * 1000, backoff(failures));
        if (Date.now() + pause > deadline) throw error;
      } catch (error) {
        if (!(error instanceof ClientError) || error.code !== "NETWORK") throw error;
        pause = backoff(failures);
        if (Date.now() + pause > deadline) throw error;
      }
      onRetry?.({ since, until: deadline });
      await wait(pause, signal);
    }
  }

  return { url, raw, call, withPatience: (ms) => createClient({ ...options, patienceMs: ms }) };
}

function missingKey(): ClientError {
  return new ClientError(EXIT.authentication, "NO_API_KEY", "This needs an API key.", {
    hint: "Run `slipway login`, or set SLIPWAY_API_KEY.",
  });
}

function parse(text: string, url: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ClientError(EXIT.unavailable, "NOT_SLIPWAY", `${url} does not answer like a Slipway server.`, {
      hint: "Check the address with `slipway doctor`.",
      cause,
    });
  }
}

/** Turns the server's error answer into an error that says what to do. */
function answerError(answer: Answer, text: string, wait: number | undefined): ClientError {
  const { status } = answer;
  if (status >= 300 && status < 400) {
    const to = redirectOrigin(answer.headers.location);
    return new ClientError(
      EXIT.refused,
      "REDIRECTED",
      `The server sends this call on to ${to}; keys are not sent along.`,
      {
        hint: "If you trust that address, use it as the server's URL.",
      },
    );
  }
  const { detail, code, data } = errorBody(text);
  // Of too many requests, the server's own message says when to try again.
  const hint = status === 429 && detail !== undefined ? undefined : hintFor(status, code, wait);
  const told = detail ?? `The server answered ${status}.`;
  return new ClientError(exitCodeOf(status, code), code, told, { hint, data });
}

function hintFor(status: number, code: string, wait: number | undefined): string | undefined {
  if (code === "WRONG_PLUGIN_KEY") return "Only the key of a plugin's first upload publishes its versions.";
  if (code === "BACKUP_LIMIT_EXCEEDED" || code === "BACKUP_QUOTA_EXCEEDED")
    return "`slipway backup list` shows what the key has, `slipway backup delete` makes room.";
  if (code === "WRONG_UPLOAD_SECRET") return "Ask the server's operator for it.";
  if (status === 401) return "Check the API key: `slipway login` sets another.";
  if (code === "INSUFFICIENT_SCOPE")
    return "Where the key is limited to some software, name that with --software; else ask for a key that may do this.";
  if (status === 403) return "Ask for a key that may do this.";
  if (status === 429) return wait === undefined ? "Try again later." : `Try again in ${wait} s.`;
  if (status === 507) return "Make room: `slipway storage --cleanup`, or delete packages.";
  if (status >= 500) return "Try again; `slipway doctor` tells what the server is missing.";
  return undefined;
}

function redirectOrigin(location: string | undefined): string {
  return location !== undefined && URL.canParse(location) ? new URL(location).origin : "another address";
}

/** Reads an error answer of either form: `{detail, error_code}`, or `{message, data}`, which has no code. */
function errorBody(text: string): { detail: string | undefined; code: string; data: unknown } {
  let detail: string | undefined;
  let code = "ERROR";
  let data: unknown;
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === "object" && body !== null) {
      if ("detail" in body && typeof body.detail === "string") detail = body.detail;
      if ("message" in body && typeof body.message === "string") detail ??= body.message;
      if ("data" in body) data = body.data ?? undefined;
      if ("error_code" in body && typeof body.error_code === "string") code = body.error_code;
    }
  } catch {
    detail = undefined;
  }
  return { detail, code, data };
}
