import { ClientError, EXIT } from "../errors.ts";
import type { PartOfBlob } from "./part-body.ts";
import { canTellProgress, sendPart, type Answer } from "./send-part.ts";

/** Takes the place of ../http.ts where there is no node:http: the same functions, by what browsers have. */
export type { Answer };

type Send = {
  method: string;
  headers?: Record<string, string>;
  body?: BodyInit | PartOfBlob;
  signal?: AbortSignal;
};

/** The longest time for an answer to a question, and for sending one part. */
const QUESTION_MS = 60_000;
const PART_MS = 15 * 60_000;

/**
 * One HTTP exchange. Redirects of questions are not followed, and error statuses are answers.
 * @throws ClientError `NETWORK` when no answer came.
 */
export async function send(url: URL | string, { method, headers, body, signal }: Send): Promise<Answer> {
  const { "content-length": _browsersOwn, ...sent } = headers ?? {};
  const patience = AbortSignal.timeout(isPart(body) ? PART_MS : QUESTION_MS);
  const either = signal === undefined ? patience : AbortSignal.any([signal, patience]);
  try {
    if (isPart(body) && canTellProgress)
      return await sendPart(url, { method, headers: sent, body, signal: either });
    const bytes = isPart(body) ? body.blob : body;
    const answer = await fetch(url, {
      method,
      headers: sent,
      body: bytes,
      signal: either,
      redirect: "manual",
    });
    if (isPart(body)) body.count(body.blob.size);
    return { status: answer.status, headers: Object.fromEntries(answer.headers), body: answer };
  } catch (cause) {
    signal?.throwIfAborted();
    throw network(`Cannot reach ${new URL(url).origin}.`, cause);
  }
}

const isPart = (body: Send["body"]): body is PartOfBlob =>
  typeof body === "object" && body !== null && "count" in body;

/** The body of an answer as text. */
export async function readText(answer: Answer): Promise<string> {
  try {
    return await answer.body.text();
  } catch (cause) {
    throw network("The connection broke before the answer was complete.", cause);
  }
}

/** Cancels an answer whose body nobody reads. */
export function drain(answer: Answer): void {
  answer.body.body?.cancel().catch(() => undefined);
}

const network = (message: string, cause: unknown) =>
  new ClientError(EXIT.unavailable, "NETWORK", message, { cause });
