import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { WorkerOptions } from "miniflare";

type RateLimits = Record<string, { namespace_id: string; simple: { limit: number; period: number } }>;

/** What production deploys by, as far as the local stack needs it. */
export type WranglerOptions = {
  crons: string[];
  compatibilityDate: string;
  compatibilityFlags: string[];
  assets: WorkerOptions["assets"];
  ratelimits: RateLimits;
};

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const WRANGLER_TOML = path("../../wrangler.toml");
const CACHE = path("../../dist/wrangler-options.json");

/** Reads wrangler.toml as Wrangler does. Kept in dist until it changes, because loading Wrangler takes most of a start. */
export async function readWranglerOptions(): Promise<WranglerOptions> {
  const key = createHash("sha256");
  for (const file of [WRANGLER_TOML, path("../../package-lock.json")]) key.update(readFileSync(file));
  const inputs = key.update(WRANGLER_TOML).digest("hex");
  const cached = readCache();
  if (cached?.inputs === inputs) return cached.options;
  const options = await load();
  mkdirSync(dirname(CACHE), { recursive: true });
  writeFileSync(`${CACHE}.${process.pid}`, JSON.stringify({ inputs, options }));
  renameSync(`${CACHE}.${process.pid}`, CACHE);
  return options;
}

async function load(): Promise<WranglerOptions> {
  // Or it leaves a log in the home folder.
  process.env.WRANGLER_WRITE_LOGS ??= "false";
  const { unstable_getMiniflareWorkerOptions, unstable_readConfig } = await import("wrangler");
  const { workerOptions } = unstable_getMiniflareWorkerOptions(WRANGLER_TOML);
  const { compatibilityDate, compatibilityFlags, assets, ratelimits } = workerOptions as WorkerOptions;
  return {
    crons: unstable_readConfig({ config: WRANGLER_TOML }).triggers.crons ?? [],
    compatibilityDate: compatibilityDate ?? "",
    compatibilityFlags: compatibilityFlags ?? [],
    assets,
    ratelimits: (ratelimits ?? {}) as RateLimits,
  };
}

function readCache(): { inputs: string; options: WranglerOptions } | null {
  try {
    return JSON.parse(readFileSync(CACHE, "utf8")) as { inputs: string; options: WranglerOptions };
  } catch {
    return null;
  }
}
