import { z } from "zod";
import type { Call, Client } from "./client.ts";
import { CliError, EXIT } from "./errors.ts";
import { readText } from "./http.ts";

const Part = z.object({
  part_number: z.int().positive(),
  size: z.int().nonnegative(),
  url: z.url(),
  headers: z.record(z.string(), z.string()),
});
export type Part = z.infer<typeof Part>;

const State = z.enum(["pending", "verifying", "ready", "rejected", "expired", "aborted"]);

const Published = z.looseObject({
  package_id: z.int(),
  version: z.string(),
  package_type: z.string(),
  file_size: z.number(),
  sha256: z.string(),
  download_url: z.string(),
});
export type Published = z.infer<typeof Published>;

const Ticket = z.object({
  upload_id: z.string(),
  upload_token: z.string(),
  state: State,
  method: z.enum(["single", "multipart"]),
  part_size: z.number().positive(),
  part_count: z.int().positive(),
  parts: z.array(Part).default([]),
});
export type Ticket = z.infer<typeof Ticket>;

const Progress = z.object({
  state: State,
  bytes_verified: z.number().nullish(),
  size: z.number().nullish(),
  error: z.unknown().optional(),
  result: Published.nullish(),
});
export type Progress = z.infer<typeof Progress>;

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
});
export type Package = z.infer<typeof Package>;

const Option = z.looseObject({
  type: z.string(),
  package_id: z.int(),
  file_size: z.number(),
  download_url: z.string(),
  recommended: z.boolean(),
});

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

/** Asks for one JSON answer of a known shape. */
async function ask<T>(
  client: Client,
  shape: z.ZodType<T>,
  method: string,
  path: string,
  call?: Call,
): Promise<T> {
  const { json } = await client.call(method, path, call);
  const parsed = shape.safeParse(json);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.join(".") ?? "";
  throw new CliError(
    EXIT.unavailable,
    "NOT_SLIPWAY",
    `The server's answer to ${path} has no valid "${where}".`,
    {
      hint: "The server and this command line may be of different versions: see `slipway doctor`.",
    },
  );
}

const id = encodeURIComponent;

export function createUpload(client: Client, body: unknown, idempotencyKey: string): Promise<Ticket> {
  const headers = { "idempotency-key": idempotencyKey };
  return ask(client, Ticket, "POST", "/api/v1/uploads", { key: "required", headers, json: body });
}

type Upload = { upload_id: string; upload_token: string };

/** Fresh signed URLs for at most 100 parts. */
export async function freshParts(client: Client, upload: Upload, numbers: number[]): Promise<Part[]> {
  const path = `/api/v1/uploads/${id(upload.upload_id)}/parts`;
  const json = { part_numbers: numbers };
  return (
    await ask(client, z.object({ parts: z.array(Part) }), "POST", path, { token: upload.upload_token, json })
  ).parts;
}

export function completeUpload(
  client: Client,
  upload: Upload,
  parts: { part_number: number; etag: string }[] | undefined,
): Promise<Progress> {
  const path = `/api/v1/uploads/${id(upload.upload_id)}/complete`;
  return ask(client, Progress, "POST", path, { token: upload.upload_token, json: { parts } });
}

export function getUpload(client: Client, upload: Upload): Promise<Progress> {
  return ask(client, Progress, "GET", `/api/v1/uploads/${id(upload.upload_id)}`, {
    token: upload.upload_token,
  });
}

export async function abortUpload(client: Client, upload: Upload): Promise<void> {
  await client.call("DELETE", `/api/v1/uploads/${id(upload.upload_id)}`, { token: upload.upload_token });
}

export function checkVersion(
  client: Client,
  query: NonNullable<Call["query"]>,
): Promise<z.infer<typeof Check>> {
  return ask(client, Check, "GET", "/api/v1/version/check", { query, key: "never" });
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

const CurrentKey = z.looseObject({ scopes: z.array(z.string()) });

/**
 * Asks whether the API key is good and may publish.
 * @returns what it came to; `unknown` when the answer tells nothing.
 */
export async function checkApiKey(client: Client): Promise<"valid" | "invalid" | "no-scope" | "unknown"> {
  const answer = await client.raw("GET", "/api/v1/api-keys/current", { key: "required" });
  const text = await readText(answer);
  if (answer.status === 401) return "invalid";
  if (answer.status !== 200) return "unknown";
  return CurrentKey.parse(JSON.parse(text)).scopes.includes("packages:write") ? "valid" : "no-scope";
}
