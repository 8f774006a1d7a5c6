import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { Client } from "../client/client.ts";
import { ClientError, EXIT } from "../client/errors.ts";
import { hashFile } from "../client/hash.ts";
import { createPartSource } from "../client/part-source.ts";
import { wait } from "../client/retry.ts";
import { transferParts } from "../client/transfer.ts";
import type { AttemptFolder } from "./attempt-folder.ts";

/** How long a part is tried: practically for ever, because the attempt that it belongs to is stopped in other ways. */
const PATIENCE_MS = 24 * 3600_000;
const POLL_MS = 1_000;
const JOBS = 4;

const ticketSchema = z.object({
  upload_id: z.string(),
  upload_token: z.string(),
  state: z.string(),
  method: z.enum(["single", "multipart"]),
  part_size: z.number(),
  part_count: z.int(),
  parts: z.array(
    z.object({
      part_number: z.int(),
      size: z.number(),
      url: z.string(),
      headers: z.record(z.string(), z.string()),
    }),
  ),
});
type Ticket = z.infer<typeof ticketSchema>;

const statusSchema = z.object({
  state: z.string(),
  error: z.string().optional(),
  message: z.string().optional(),
});
type Status = z.infer<typeof statusSchema>;

/**
 * Sends one output file. Repeating it goes on with the same upload, and sends nothing where that is done.
 * @throws ClientError, `UPLOAD_ENDED` where the upload has to be begun anew; system errors on the file
 */
export async function sendOutput(
  client: Client,
  folder: AttemptFolder,
  agentToken: string,
  name: string,
  signal: AbortSignal,
): Promise<void> {
  const path = join(folder.output, name);
  const { task_id, attempt } = folder.assignment;
  const { size, sha256 } = await measure(path, signal);
  const created = await client.call("POST", "/api/v1/uploads", {
    key: "never",
    headers: { "idempotency-key": sha256Of(JSON.stringify([agentToken, task_id, attempt, name, sha256])) },
    json: {
      kind: "output",
      filename: name,
      size,
      sha256,
      output: { agent_token: agentToken, task_id, attempt },
    },
  });
  const ticket = ticketSchema.parse(created.json);
  const base = `/api/v1/uploads/${encodeURIComponent(ticket.upload_id)}`;
  const ask = async (method: string, suffix: string, json?: unknown) =>
    statusSchema.parse((await client.call(method, base + suffix, { token: ticket.upload_token, json })).json);

  let status: Status = { state: ticket.state };
  if (status.state === "pending") {
    const parts = await transfer(client, ticket, path, size, signal);
    status = await ask("POST", "/complete", ticket.method === "multipart" ? { parts } : {});
  }
  while (status.state === "verifying") {
    await wait(POLL_MS, signal);
    status = await ask("GET", "");
  }
  if (status.state === "ready") return;
  if (status.state !== "rejected")
    throw new ClientError(EXIT.unavailable, "UPLOAD_ENDED", `The upload is ${status.state}.`);
  const code = status.error ?? "REJECTED";
  throw new ClientError(EXIT.refused, code, status.message ?? code);
}

async function measure(path: string, signal: AbortSignal): Promise<{ size: number; sha256: string }> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    return { size, sha256: await hashFile(file, size, { signal }) };
  } finally {
    await file.close();
  }
}

const sha256Of = (text: string) => createHash("sha256").update(text).digest("hex");

async function transfer(
  client: Client,
  ticket: Ticket,
  path: string,
  size: number,
  signal: AbortSignal,
): Promise<{ part_number: number; etag: string }[]> {
  const waiting = Array.from({ length: ticket.part_count }, (_, index) => index + 1);
  const etags: { part_number: number; etag: string }[] = [];
  await transferParts({
    path,
    size,
    partSize: ticket.part_size,
    waiting,
    source: createPartSource(client, ticket, ticket.parts, waiting),
    jobs: JOBS,
    patienceMs: PATIENCE_MS,
    signal,
    onBytes: () => undefined,
    onPart: async (number, { etag }) => void etags.push({ part_number: number, etag }),
  });
  return etags.toSorted((a, b) => a.part_number - b.part_number);
}
