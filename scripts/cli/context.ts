import { createClient } from "../client/client.ts";
import type { Client } from "../client/client.ts";
import { readSettings } from "./config.ts";
import type { Settings } from "./config.ts";
import type { Output } from "./output.ts";

/** What every command is given: which server it talks to, how it reports, when it must stop. */
export type Context = {
  env: NodeJS.ProcessEnv;
  out: Output;
  signal: AbortSignal;
  flags: CommonFlags;
  /** Told to the user when Ctrl-C ends the command. */
  interruptHint: string | undefined;
  /** Shown in place of the usual hint when the server cannot be reached. */
  networkHint: string | undefined;
};

export type CommonFlags = { url?: string; apiKey?: string; json?: boolean; verbose?: boolean };

/**
 * For how many milliseconds a failure that may pass is tried again: for a question, and for work that is worth waiting for.
 */
export const PATIENCE_MS = { question: 3_000, transfer: 90_000 };

const NO_SERVER_SET =
  "No other server is set: start one on this machine, or name another with --url, SLIPWAY_URL or `slipway login`.";

export function settingsOf(ctx: Context): Promise<Settings> {
  return readSettings(ctx.flags, ctx.env);
}

/** A client for the configured server, or else for the one that runs on this machine. */
export async function connect(ctx: Context, patienceMs = PATIENCE_MS.question): Promise<Client> {
  const { url, apiKey, isDefaultServer } = await settingsOf(ctx);
  if (isDefaultServer) ctx.networkHint = NO_SERVER_SET;
  return createClient({ url, apiKey, signal: ctx.signal, patienceMs });
}
