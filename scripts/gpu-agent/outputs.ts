import { open, readdir } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { createClient, type Client } from "../cli/client.ts";
import { CliError } from "../cli/errors.ts";
import { hashFile } from "../cli/hash.ts";
import { createPartSource } from "../cli/part-source.ts";
import { wait } from "../cli/retry.ts";
import { transferParts } from "../cli/transfer.ts";
import type { AttemptFolder } from "./attempt-folder.ts";
import type { AgentConfig } from "./config.ts";

/** An attempt that the server still counts on goes on trying; one that it gave up is stopped otherwise. */
const PATIENCE_MS = 24 * 3600_000;
const POLL_MS = 1_000;
/** Files of one attempt. */
const MOST_FILES = 100;
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
const statusSchema = z.object({
  state: z.string(),
  error: z.string().optional(),
  message: z.string().optional(),
});

/**
 * Sends what a command left in its output folder to the bucket, file by file, as this attempt's.
 * @returns how many files were sent, or what stands in the way
 * @throws an AbortError when `signal` fires
 */
export async function sendOutputs(
  folder: AttemptFolder,
  config: AgentConfig,
  signal: AbortSignal,
): Promise<number | string> {
  const found = await readdir(folder.output, { withFileTypes: true });
  const names = found.filter((entry) => entry.isFile()).map((entry) => entry.name);
  if (names.length > MOST_FILES) return `it left more than ${MOST_FILES} output files`;
  const client = createClient({ url: config.server, apiKey: undefined, signal, patienceMs: PATIENCE_MS });
  let sent = 0;
  for (const name of names) {
    try {
      if (await sendFile(client, folder, config.token, name, signal)) sent++;
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      return `output ${name}: ${error.message}`;
    }
  }
  return sent;
}

/** @returns false for an empty file, which nobody needs. */
async function sendFile(
  client: Client,
  folder: AttemptFolder,
  agentToken: string,
  name: string,
  signal: AbortSignal,
): Promise<boolean> {
  const path = join(folder.output, name);
  const { task_id, attempt } = folder.assignment;
  const { size, sha256 } = await measure(path, signal);
  if (size === 0) return false;
  const created = await client.call("POST", "/api/v1/uploads", {
    key: "never",
    headers: {
      "idempotency-key": `${task_id}.${attempt}.${sha256.slice(0, 16)}.${encodeURIComponent(name).slice(0, 100)}`,
    },
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

  let status = { state: ticket.state } as z.infer<typeof statusSchema>;
  if (status.state === "pending") {
    const parts = await transfer(client, ticket, path, size, signal);
    status = await ask("POST", "/complete", ticket.method === "multipart" ? { parts } : {});
  }
  while (status.state === "verifying") {
    await wait(POLL_MS, signal);
    status = await ask("GET", "");
  }
  if (status.state === "ready") return true;
  throw new CliError(8, "REJECTED", status.message ?? status.error ?? `the upload is ${status.state}`);
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

async function transfer(
  client: Client,
  ticket: z.infer<typeof ticketSchema>,
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
    onPart: async (number, etag) => void etags.push({ part_number: number, etag }),
  });
  return etags.toSorted((a, b) => a.part_number - b.part_number);
}
