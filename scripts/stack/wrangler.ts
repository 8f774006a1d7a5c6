import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "smol-toml";
import { z } from "zod";
import { StackError, reason } from "./errors.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** The parts of wrangler.toml that are read here. Wrangler, which deploys by it, knows the rest. */
const WranglerToml = z.object({
  main: z.string(),
  compatibility_date: z.string(),
  compatibility_flags: z.array(z.string()).default([]),
  alias: z.record(z.string(), z.string()).default({}),
  triggers: z.object({ crons: z.array(z.string()) }),
});

/** The settings that production is deployed with, as far as the local stack needs them. Paths are absolute. */
export type WranglerOptions = {
  main: string;
  crons: string[];
  compatibilityDate: string;
  compatibilityFlags: string[];
  /** Modules that stand in for packages. */
  alias: Record<string, string>;
};

/** Reads wrangler.toml. @throws StackError when it lacks something. */
export async function readWranglerOptions(): Promise<WranglerOptions> {
  const toml = await readToml();
  const { compatibility_date: compatibilityDate, compatibility_flags: compatibilityFlags } = toml;
  return {
    main: resolve(ROOT, toml.main),
    crons: toml.triggers.crons,
    compatibilityDate,
    compatibilityFlags,
    alias: Object.fromEntries(Object.entries(toml.alias).map(([name, path]) => [name, resolve(ROOT, path)])),
  };
}

async function readToml(): Promise<z.infer<typeof WranglerToml>> {
  try {
    return WranglerToml.parse(parse(await readFile(resolve(ROOT, "wrangler.toml"), "utf8")));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : reason(error);
    throw new StackError(`wrangler.toml cannot be read: ${why}`);
  }
}
