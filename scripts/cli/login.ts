import type { Command } from "commander";
import { checkApiKey } from "./api.ts";
import { createClient } from "../client/client.ts";
import { configPath, normalUrl, saveSettings } from "./config.ts";
import { PATIENCE_MS, settingsOf } from "./context.ts";
import type { CommonFlags, Context } from "./context.ts";
import { ClientError, EXIT } from "../client/errors.ts";
import { usage } from "./errors.ts";
import { ask, askSecret, readStdin } from "./prompt.ts";
import { command } from "./run.ts";

/** Adds `slipway login`. */
export function addLogin(program: Command): void {
  command(program, "login", "remember a server and an API key, after trying them")
    .addHelpText("after", "\nThe key is asked for on a terminal, else read from standard input.")
    .action(login);
}

async function login(ctx: Context, _args: string[], flags: CommonFlags): Promise<undefined> {
  const terminal = process.stdin.isTTY;
  const known = (await settingsOf(ctx)).url;
  const url = flags.url ?? (terminal ? await askUrl(known) : known);
  const key = flags.apiKey ?? (terminal ? await askSecret("API key (not shown): ") : await readStdin());
  if (!/^[\x21-\x7e]+$/.test(key))
    throw usage(
      "What was given is not an API key.",
      "Paste the key alone; it begins with slw_ or is the server's API_KEY.",
    );

  const server = normalUrl(url, "--url");
  const client = createClient({
    url: server,
    apiKey: key,
    signal: ctx.signal,
    patienceMs: PATIENCE_MS.question,
  });
  await client.call("GET", "/health", { key: "never" });
  const verdict = await checkApiKey(client);
  if (verdict === "invalid") {
    throw new ClientError(EXIT.authentication, "INVALID_API_KEY", "The server does not know this API key.", {
      hint: "Nothing was saved.",
    });
  }
  await saveSettings(ctx.env, { url: server, api_key: key });
  const path = configPath(ctx.env);
  const lines = [`Logged in to ${server}; saved in ${path}.`];
  if (verdict === "no-scope") lines.push("This key may read but not publish.");
  if (isOpenHttp(server)) lines.push("The address is not https: the key travels in clear.");
  ctx.out.result({ url: server, config: path, api_key: verdict }, lines);
}

async function askUrl(known: string): Promise<string> {
  const typed = await ask(`Server URL (${known}): `);
  return typed === "" ? known : typed;
}

/** Whether somebody on the way could read a key that is sent there. */
export function isOpenHttp(server: string): boolean {
  const { protocol, hostname } = new URL(server);
  return protocol === "http:" && !["localhost", "127.0.0.1", "[::1]"].includes(hostname);
}
