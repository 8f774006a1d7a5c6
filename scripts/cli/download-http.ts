import type { IncomingMessage } from "node:http";
import { PATIENCE_MS } from "./context.ts";
import type { Context } from "./context.ts";
import { ClientError, EXIT, exitCodeOf } from "../client/errors.ts";
import { drain, send } from "../client/http.ts";
import type { Answer } from "../client/http.ts";
import { backoff, wait } from "../client/retry.ts";

const MAX_REDIRECTS = 5;

/** One exchange that follows redirects; the API key goes to the first address alone, so any host may be the target. */
async function follow(
  ctx: Context,
  method: string,
  url: URL,
  headers: Record<string, string>,
  key: string | undefined,
): Promise<Answer> {
  let target = url;
  for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
    const sent = hops === 0 && key !== undefined ? { ...headers, "x-api-key": key } : headers;
    const answer = await send(target, { method, headers: sent, signal: ctx.signal });
    const { location } = answer.headers;
    if (answer.status < 300 || answer.status >= 400 || location === undefined) return answer;
    drain(answer);
    target = new URL(location, target);
  }
  throw new ClientError(EXIT.unavailable, "REDIRECTS", `${url.origin} keeps redirecting: check the address.`);
}

/** Size in bytes and SHA-256 (hex, where the server names it) of a download, by HEAD. */
export async function headDownload(
  ctx: Context,
  url: URL,
  key: string | undefined,
): Promise<{ size: number; sha256: string | undefined }> {
  const since = Date.now();
  for (let failures = 1; ; failures++) {
    try {
      const answer = await follow(ctx, "HEAD", url, {}, key);
      drain(answer);
      if (answer.status !== 200) throw refusal(url, answer.status);
      const size = Number(answer.headers["content-length"]);
      if (!Number.isSafeInteger(size) || answer.headers["content-length"] === undefined) {
        throw new ClientError(
          EXIT.unexpected,
          "NO_SIZE",
          "The server does not say how large the file is, so it cannot be resumed or checked.",
        );
      }
      const sha256 = answer.headers["x-checksum-sha256"];
      return { size, sha256: typeof sha256 === "string" ? sha256 : undefined };
    } catch (error) {
      if (!(error instanceof ClientError) || error.exitCode !== EXIT.unavailable) throw error;
      const pause = backoff(failures);
      if (Date.now() + pause - since > PATIENCE_MS.question) throw error;
      await wait(pause, ctx.signal);
    }
  }
}

/** The bytes from `position` on, through a fresh redirect. `from` is 0 where the server sends all of them instead. */
export async function fetchRange(
  ctx: Context,
  url: URL,
  position: number,
  key: string | undefined,
): Promise<{ body: IncomingMessage; from: number }> {
  const headers: Record<string, string> = { "accept-encoding": "identity" };
  if (position > 0) headers["range"] = `bytes=${position}-`;
  const answer = await follow(ctx, "GET", url, headers, key);
  if (answer.status === 200) return { body: answer.body, from: 0 };
  if (answer.status === 206) {
    const first = /^bytes (\d+)-/.exec(answer.headers["content-range"] ?? "")?.[1];
    if (first !== undefined && Number(first) === position) return { body: answer.body, from: position };
  }
  drain(answer);
  throw refusal(url, answer.status);
}

function refusal(url: URL, status: number): ClientError {
  if (status === 404) {
    return new ClientError(EXIT.notFound, "NOT_FOUND", `There is no ${url.pathname} on ${url.origin}.`, {
      hint: "`slipway packages list` shows what there is.",
    });
  }
  if (status === 401) {
    return new ClientError(
      EXIT.authentication,
      "INVALID_API_KEY",
      `${url.pathname} is for those who bring an API key that may read it.`,
      { hint: "`slipway login` sets one, or SLIPWAY_API_KEY; `slipway whoami` tells what it may do." },
    );
  }
  return new ClientError(
    exitCodeOf(status, ""),
    `HTTP_${status}`,
    `The download was answered with ${status}.`,
    {
      hint: "Try again; the same command resumes.",
    },
  );
}
