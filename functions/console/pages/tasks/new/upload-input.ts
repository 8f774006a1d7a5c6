import type { components } from "../../../../../scripts/client/openapi.ts";
import { sha256Of } from "../../../../../scripts/client/library/sha256.ts";
import { api, dataOf } from "../../../api/client.ts";
import { Failure } from "../../../api/failure.ts";
import { sendPart } from "./send-part.ts";
import { t } from "./texts.ts";

type Ticket = components["schemas"]["Upload"];
type Part = components["schemas"]["SignedPart"];
type Phase = "hashing" | "sending" | "verifying";
export type OnProgress = (phase: Phase, bytes: number) => void;

/** Parts that are signed in one request. */
const SIGNED_AT_ONCE = 100;
const VERIFIED_AGAIN_MS = 1000;

/**
 * Uploads a file for tasks straight to the bucket: reads it once for its SHA-256, sends its parts one after the other, and
 * waits until the server has verified them.
 * @returns the upload id, by which a task's config names it
 * @throws Failure; the reason of `signal` where that fired
 */
export async function uploadInput(file: File, signal: AbortSignal, onProgress: OnProgress): Promise<string> {
  const sha256 = await sha256Of(file, signal, (bytes) => onProgress("hashing", bytes));
  const body = { kind: "input" as const, filename: file.name, size: file.size, sha256 };
  const ticket = await dataOf(api.POST("/api/v1/uploads", { body, signal }));
  if (ticket.state === "ready") return ticket.upload_id;
  const ask = requestsOf(ticket, signal);
  const etags = await sendAll(file, ticket, ask.sign, signal, onProgress);
  const parts = ticket.method === "multipart" ? etags : undefined;
  onProgress("verifying", file.size);
  let status = await ask.complete(parts);
  while (status.state === "verifying") {
    await new Promise((resolve) => setTimeout(resolve, VERIFIED_AGAIN_MS));
    signal.throwIfAborted();
    status = await ask.look();
  }
  if (status.state !== "ready") throw new Failure(status.message ?? t("rejected"), 0);
  return ticket.upload_id;
}

/** What can be asked of an upload, with its own token. */
function requestsOf({ upload_id: id, upload_token: token }: Ticket, signal: AbortSignal) {
  const asking = { params: { path: { id } }, headers: { authorization: `Bearer ${token}` }, signal };
  return {
    sign: async (numbers: number[]) =>
      (await dataOf(api.POST("/api/v1/uploads/{id}/parts", { ...asking, body: { part_numbers: numbers } })))
        .parts,
    complete: (parts: { part_number: number; etag: string }[] | undefined) =>
      dataOf(api.POST("/api/v1/uploads/{id}/complete", { ...asking, body: parts ? { parts } : {} })),
    look: () => dataOf(api.GET("/api/v1/uploads/{id}", asking)),
  };
}

async function sendAll(
  file: File,
  ticket: Ticket,
  sign: (numbers: number[]) => Promise<Part[]>,
  signal: AbortSignal,
  onProgress: OnProgress,
) {
  const etags: { part_number: number; etag: string }[] = [];
  let waiting = ticket.parts;
  for (let number = 1; number <= ticket.part_count; number++) {
    if (waiting.length === 0) {
      const count = Math.min(SIGNED_AT_ONCE, ticket.part_count - number + 1);
      waiting = await sign(Array.from({ length: count }, (_, index) => number + index));
    }
    const [part, ...others] = waiting;
    waiting = others;
    if (!part) throw new Failure(t("rejected"), 0);
    const start = (number - 1) * ticket.part_size;
    const content = file.slice(start, start + part.size);
    const again = async () => (await sign([number]))[0] ?? part;
    const etag = await sendPart(part, content, {
      signal,
      again,
      onBytes: (sent) => onProgress("sending", start + sent),
    });
    etags.push({ part_number: number, etag });
  }
  return etags;
}
