import { createClient } from "../client/client.ts";
import type { Client } from "../client/client.ts";
import { readSettings } from "./config.ts";
import type { Settings } from "./config.ts";
import { usage } from "./errors.ts";
import type { Output } from "./output.ts";

/** What every command gets: where it talks, how it reports, when it must stop. */
export type Context = {
  env: NodeJS.ProcessEnv;
  out: Output;
  signal: AbortSignal;
  flags: CommonFlags;
  /** Told to the user when Ctrl-C ends the command. */
  interruptHint: string | undefined;
};

export type CommonFlags = { url?: string; apiKey?: string; json?: boolean };

/** Milliseconds for which failures that pass by themselves are tried again: a question, and work worth waiting for. */
export const PATIENCE_MS = { question: 3_000, transfer: 90_000 };

export function settingsOf(ctx: Context): Promise<Settings> {
  return readSettings(ctx.flags, ctx.env);
}

/** A client for the configured server. @throws ClientError when no server is configured. */
export async function connect(ctx: Context, patienceMs = PATIENCE_MS.question): Promise<Client> {
  const { url, apiKey } = await settingsOf(ctx);
  if (url === undefined) {
    throw usage("No server is set.", "Run `slipway login`, set SLIPWAY_URL, or pass --url.");
  }
  return createClient({ url, apiKey, signal: ctx.signal, patienceMs });
}
