import { z } from "zod";
import { ask } from "../client/ask.ts";
import type { Client } from "../client/client.ts";

/** Names and versions become file names here, so nothing in them may lead to another folder. */
const Name = z.string().regex(/^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$/);
const Version = z.string().regex(/^\d+\.\d+\.\d+[0-9A-Za-z.+-]*$/);
const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const texts = z.record(z.string(), z.string());

export const Plugin = z.looseObject({
  name: Name,
  display_name: z.string(),
  current_version: Version,
  is_enabled: z.boolean(),
  is_deprecated: z.boolean(),
});

const Listed = Plugin.extend({ total_download_count: z.int().default(0) });

/** What resolving is asked with, and what a lock file holds. */
export const Resolution = z.object({
  install: texts,
  engines: texts.default({}),
  installed: texts.default({}),
  integrity: z.record(z.string(), Sha256).default({}),
});
export type Resolution = z.infer<typeof Resolution>;

const Step = z.looseObject({
  name: Name,
  version: Version,
  action: z.string(),
  /** These three are null for an installed version that the registry does not know. */
  size: z.int().nonnegative().nullable(),
  sha256: Sha256.nullable(),
  download_url: z.string().nullable(),
});
export type Step = z.infer<typeof Step>;

const Notices = z.array(z.looseObject({ name: z.string(), installed: z.string(), notice: z.string() }));

const Plan = z.looseObject({
  plan: z.array(Step),
  total_size: z.number(),
  lock: z.unknown(),
  notices: Notices.default([]),
});

const dataOf = <T extends z.ZodType>(data: T) => z.object({ data });

export async function listPlugins(client: Client): Promise<z.infer<typeof Listed>[]> {
  return (await ask(client, dataOf(z.array(Listed)), "GET", "/api/plugins/list", { key: "never" })).data;
}

/** SHA-256 of a published version in hex. */
export async function publishedHash(client: Client, name: string, version: string): Promise<string> {
  const json = { name, version };
  const shape = dataOf(z.object({ file_hash: Sha256 }));
  return (await ask(client, shape, "POST", "/api/plugins/version/detail", { json, key: "never" })).data
    .file_hash;
}

export async function resolvePlugins(client: Client, json: Resolution): Promise<z.infer<typeof Plan>> {
  return (await ask(client, dataOf(Plan), "POST", "/api/plugins/resolve", { json, key: "never" })).data;
}
