import type { Part } from "./uploads-api.ts";
import { ClientError, EXIT } from "./errors.ts";
import { drain, readText, send } from "./http.ts";
import { partBody } from "./part-body.ts";
import type { Content } from "./part-body.ts";
import type { PartSource } from "./part-source.ts";
import type { Retry } from "./client.ts";
import { backoff, wait } from "./retry.ts";

// How often a part that the bucket refuses is sent again, each time with a fresh URL. Sending to a busy or unreachable
// bucket is tried until `patienceMs` are over.
const MAX_REFUSALS = 3;

export type Transfer = {
  path: Content;
  size: number;
  partSize: number;
  /** Part numbers still to be sent. */
  waiting: number[];
  source: PartSource;
  jobs: number;
  /** Milliseconds for which one part may go on failing. */
  patienceMs: number;
  signal: AbortSignal;
  /** The SHA-256 in hex of a piece of the content, where parts are sent with theirs to a bucket that compares them. */
  digestOf?: (start: number, size: number) => Promise<string>;
  onBytes(bytes: number): void;
  /** Told of each failure that is followed by another try, and with nothing once a part has been stored after all. */
  onRetry?: (retry: Retry | undefined) => void;
  onPart(number: number, sent: { etag: string; sha256: string | undefined }): Promise<void>;
};

/** PUTs the waiting parts, `jobs` at a time. The first part that fails for good ends the others. */
export async function transferParts(transfer: Transfer): Promise<void> {
  const queue = [...transfer.waiting];
  const stop = new AbortController();
  const signal = AbortSignal.any([transfer.signal, stop.signal]);
  let failure: unknown;
  async function work(): Promise<void> {
    for (let number = queue.shift(); number !== undefined; number = queue.shift()) {
      await transfer.onPart(number, await sendPart({ ...transfer, signal }, number));
    }
  }
  const workers = Array.from({ length: Math.min(transfer.jobs, queue.length) }, () =>
    work().catch((error: unknown) => {
      failure ??= error;
      stop.abort();
    }),
  );
  await Promise.all(workers);
  transfer.signal.throwIfAborted();
  if (failure !== undefined) throw failure;
}

async function sendPart(
  transfer: Transfer,
  number: number,
): Promise<{ etag: string; sha256: string | undefined }> {
  const { signal, source, digestOf } = transfer;
  let sha256: string | undefined;
  let refusals = 0;
  let failingSince: number | undefined;
  for (let failures = 1; ; failures++) {
    const part = await source.get(number);
    let sent = 0;
    const count = (bytes: number) => {
      sent += bytes;
      transfer.onBytes(bytes);
    };
    let failure: ClientError;
    try {
      if (part.digest === "sha-256") sha256 ??= await digestOf?.(startOf(transfer, part), part.size);
      const outcome = await putPart(transfer, part, sha256, count);
      if (typeof outcome === "string") {
        if (failures > 1) transfer.onRetry?.(undefined);
        return { etag: outcome, sha256 };
      }
      failure = outcome;
    } catch (error) {
      if (!(error instanceof ClientError) || error.exitCode !== EXIT.unavailable) throw error;
      failure = error;
    }
    transfer.onBytes(-sent);
    failingSince ??= Date.now();
    // A bucket may close the connection when the URL has expired, so a part gets a fresh URL after a network failure too.
    if (failure.exitCode === EXIT.refused || failure.code === "NETWORK") source.drop(number);
    if (failure.exitCode === EXIT.refused && ++refusals >= MAX_REFUSALS) throw failure;
    const pause = backoff(failures);
    if (Date.now() + pause - failingSince > transfer.patienceMs) throw failure;
    transfer.onRetry?.({ since: failingSince, until: failingSince + transfer.patienceMs });
    await wait(pause, signal);
  }
}

const startOf = ({ partSize }: Transfer, { part_number }: Part) => (part_number - 1) * partSize;

const base64Of = (hex: string) =>
  btoa(String.fromCharCode(...Array.from(hex.matchAll(/../g), ([byte]) => Number.parseInt(byte, 16))));

/** Sends one part by PUT. @returns its ETag, or the bucket's refusal. */
async function putPart(
  transfer: Transfer,
  part: Part,
  sha256: string | undefined,
  count: (bytes: number) => void,
): Promise<string | ClientError> {
  const start = startOf(transfer, part);
  const expected = Math.min(transfer.partSize, transfer.size - start);
  if (part.size !== expected) {
    throw new ClientError(
      EXIT.unexpected,
      "NOT_SLIPWAY",
      `The server now wants part ${part.part_number} in another size: run the command again.`,
    );
  }
  const headers = {
    ...part.headers,
    "content-length": String(part.size),
    ...(sha256 !== undefined && { "content-digest": `sha-256=:${base64Of(sha256)}:` }),
  };
  const body = partBody(transfer.path, start, part.size, count);
  const answer = await send(part.url, { method: "PUT", headers, body, signal: transfer.signal });
  const etag = answer.headers.etag;
  if (answer.status >= 200 && answer.status < 300 && etag !== undefined) {
    drain(answer);
    return etag;
  }
  const code = /<Code>([A-Za-z0-9]+)<\/Code>/.exec(await readText(answer))?.[1] ?? String(answer.status);
  const busy = answer.status >= 500 || answer.status === 429 || answer.status === 408;
  return new ClientError(
    busy ? EXIT.unavailable : EXIT.refused,
    busy ? "BUCKET_UNAVAILABLE" : "BUCKET_REFUSED",
    `The bucket at ${new URL(part.url).origin} answered ${answer.status} (${code}) to part ${part.part_number}.`,
    { hint: "Run the same command again to resume; `slipway doctor` checks the bucket." },
  );
}
