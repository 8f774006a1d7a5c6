import { join } from "node:path";
import { z } from "zod";
import { ClientError, EXIT } from "../client/errors.ts";
import { usage } from "./errors.ts";
import { configFolder, readJson, writeJson } from "./files.ts";

const Saved = z.object({ url: z.string().optional(), api_key: z.string().optional() });
export type Saved = z.infer<typeof Saved>;

/** Where `npm start` listens. */
const DEFAULT_URL = "http://127.0.0.1:8000";
const BY_DEFAULT = "the default";

export type Settings = {
  url: string;
  apiKey: string | undefined;
  /** Where each value came from, for `doctor`. */
  source: { url: string; apiKey: string };
  /** True where nobody named a server, so that this machine's own is used. */
  isDefaultServer: boolean;
};

export function configPath(env: NodeJS.ProcessEnv): string {
  return join(configFolder(env), "config.json");
}

/** Settings from the flags, then SLIPWAY_URL and SLIPWAY_API_KEY, then the config file, then this machine's own server. */
export async function readSettings(
  flags: { url?: string; apiKey?: string },
  env: NodeJS.ProcessEnv,
): Promise<Settings> {
  const path = configPath(env);
  const content = await readJson(path);
  const saved = Saved.safeParse(content ?? {});
  if (!saved.success) {
    throw new ClientError(EXIT.usage, "BAD_CONFIG", `${path} is not a valid config file.`, {
      hint: "Correct it, or write it anew with `slipway login`.",
    });
  }
  const url = firstOf([
    [flags.url, "--url"],
    [env["SLIPWAY_URL"], "SLIPWAY_URL"],
    [saved.data.url, path],
    [DEFAULT_URL, BY_DEFAULT],
  ]);
  const apiKey = firstOf([
    [flags.apiKey, "--api-key"],
    [env["SLIPWAY_API_KEY"], "SLIPWAY_API_KEY"],
    [saved.data.api_key, path],
  ]);
  return {
    url: normalUrl(url.value ?? DEFAULT_URL, url.source),
    apiKey: apiKey.value,
    source: { url: url.source, apiKey: apiKey.source },
    isDefaultServer: url.source === BY_DEFAULT,
  };
}

export function saveSettings(env: NodeJS.ProcessEnv, saved: Saved): Promise<void> {
  return writeJson(configPath(env), saved);
}

/** Forgets the saved API key; the server stays. @returns whether there was one. */
export async function forgetKey(env: NodeJS.ProcessEnv): Promise<boolean> {
  const saved = Saved.safeParse(await readJson(configPath(env))).data;
  if (saved?.api_key === undefined) return false;
  const { api_key: _forgotten, ...rest } = saved;
  await saveSettings(env, rest);
  return true;
}

/** A server's address without a slash at its end. @throws ClientError for a text that is not an address. */
export function normalUrl(text: string, source: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw usage(
      `The server's address in ${source} is not valid.`,
      "Write it like https://updates.example.com",
    );
  }
  if (url.username !== "" || url.search !== "" || url.hash !== "") {
    throw usage(`The server's address in ${source} must have neither a user name nor a query.`);
  }
  return url.href.replace(/\/+$/, "");
}

function firstOf(candidates: [string | undefined, string][]): { value: string | undefined; source: string } {
  for (const [value, source] of candidates) {
    if (value !== undefined && value !== "") return { value, source };
  }
  return { value: undefined, source: "nowhere" };
}
