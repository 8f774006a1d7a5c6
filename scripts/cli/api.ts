import { z } from "zod";
import type { Call, Client } from "../client/client.ts";
import { ask } from "../client/ask.ts";
import { readText } from "../client/http.ts";

export const Published = z.looseObject({
  package_id: z.int(),
  version: z.string(),
  package_type: z.string(),
  file_size: z.number(),
  sha256: z.string(),
  download_url: z.string(),
});
export type Published = z.infer<typeof Published>;

const Package = z.looseObject({
  id: z.int(),
  version: z.string(),
  package_type: z.string(),
  package_name: z.string(),
  package_size: z.number(),
  from_version: z.string().nullish(),
  download_url: z.string(),
  created_at: z.string(),
  download_count: z.number(),
  software: z.string(),
  platform: z.string(),
  arch: z.string(),
  channel: z.string(),
  yanked: z.boolean(),
});
export type Package = z.infer<typeof Package>;

const Option = z.looseObject({
  type: z.string(),
  package_id: z.int(),
  file_size: z.number(),
  download_url: z.string(),
  recommended: z.boolean(),
});

const Plan = z.looseObject({
  bytes: z.number(),
  steps: z.array(
    z.looseObject({
      type: z.string(),
      to_version: z.string(),
      file_size: z.number(),
      download_url: z.string(),
    }),
  ),
});
export type UpdatePlan = z.infer<typeof Plan>;

const Check = z.looseObject({
  has_update: z.boolean(),
  current_version: z.string(),
  latest_version: z.string(),
  update_info: z
    .looseObject({
      version: z.string(),
      description: z.string().nullish(),
      release_date: z.string().nullish(),
      is_critical: z.boolean().nullish(),
      update_options: z.array(Option),
      plans: z.array(Plan).nullish(),
    })
    .nullish(),
});

const Stats = z.looseObject({
  status: z.string(),
  usage_percentage: z.number(),
  recommendations: z.array(z.string()).default([]),
  stats: z.looseObject({
    total_size: z.number(),
    used_size: z.number(),
    available_size: z.number(),
    full_packages_size: z.number(),
    patch_packages_size: z.number(),
    hotfix_packages_size: z.number(),
    temp_size: z.number(),
  }),
});

const Cleanup = z.looseObject({
  space_freed: z.number(),
  packages_deleted: z.number(),
  before_usage: z.number(),
  after_usage: z.number(),
});

const id = encodeURIComponent;

export function checkVersion(
  client: Client,
  query: NonNullable<Call["query"]>,
): Promise<z.infer<typeof Check>> {
  return ask(client, Check, "GET", "/api/v1/version/check", { query, key: "if-set" });
}

export function listPackages(client: Client, query: NonNullable<Call["query"]>): Promise<Package[]> {
  return ask(client, z.array(Package), "GET", "/api/v1/packages", { query, key: "if-set" });
}

export async function changePackage(client: Client, verb: "yank" | "unyank" | "delete", packageId: string) {
  const path = `/api/v1/packages/${id(packageId)}`;
  if (verb === "delete") return (await client.call("DELETE", path, { key: "required" })).json;
  return (await client.call("POST", `${path}/${verb}`, { key: "required" })).json;
}

export function storageStats(client: Client): Promise<z.infer<typeof Stats>> {
  return ask(client, Stats, "GET", "/api/v1/storage/stats", { key: "if-set" });
}

export function cleanStorage(client: Client): Promise<z.infer<typeof Cleanup>> {
  return ask(client, Cleanup, "POST", "/api/v1/storage/cleanup", { key: "required" });
}

/** The software that a key is limited to; null, and absent at servers that know no limits, for all. */
const limits = z.array(z.string()).nullish();

const CurrentKey = z.looseObject({ id: z.string(), scopes: z.array(z.string()), software: limits });

const ApiKey = z.looseObject({
  id: z.string(),
  name: z.string(),
  prefix: z.string(),
  scopes: z.array(z.string()),
  software: limits,
  expires_at: z.string().nullable(),
  created_at: z.string(),
});
const NewApiKey = ApiKey.extend({ key: z.string() });

const KEYS = "/api/v1/api-keys";

/** What the presented API key may do. */
export function currentApiKey(client: Client): Promise<z.infer<typeof CurrentKey>> {
  return ask(client, CurrentKey, "GET", `${KEYS}/current`, { key: "required" });
}

/** Makes software private or public. */
export async function setVisibility(client: Client, software: string, visibility: string): Promise<unknown> {
  const path = `/api/v1/software/${id(software)}`;
  return (await client.call("PUT", path, { json: { visibility }, key: "required" })).json;
}

/** All API keys, newest first, without the keys themselves. */
export async function listApiKeys(client: Client): Promise<z.infer<typeof ApiKey>[]> {
  const answer = await ask(client, z.object({ items: z.array(ApiKey) }), "GET", KEYS, { key: "required" });
  return answer.items;
}

export function createApiKey(
  client: Client,
  json: { name: string; scopes: string[]; software?: string[]; expires_at?: string },
): Promise<z.infer<typeof NewApiKey>> {
  return ask(client, NewApiKey, "POST", KEYS, { json, key: "required" });
}

/** Ends an API key at once. */
export async function revokeApiKey(client: Client, keyId: string): Promise<void> {
  await client.call("DELETE", `${KEYS}/${id(keyId)}`, { key: "required" });
}

/**
 * Asks the server whether the API key is valid and may publish.
 * @returns what came of it; `unknown` where the answer does not tell
 */
export async function checkApiKey(client: Client): Promise<"valid" | "invalid" | "no-scope" | "unknown"> {
  const answer = await client.raw("GET", `${KEYS}/current`, { key: "required" });
  const text = await readText(answer);
  if (answer.status === 401) return "invalid";
  if (answer.status !== 200) return "unknown";
  return CurrentKey.parse(JSON.parse(text)).scopes.includes("packages:write") ? "valid" : "no-scope";
}
