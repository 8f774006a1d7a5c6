import { z } from "zod";
import { ask } from "../client/ask.ts";
import type { Call, Client } from "../client/client.ts";
import type { RolloutPlan } from "./rollout-plan.ts";

const Fault = z.looseObject({ file: z.string(), missing: z.string(), other: z.string() });

const ReleasedPackage = z.looseObject({
  id: z.int(),
  package_type: z.string(),
  platform: z.string(),
  arch: z.string(),
  from_version: z.string().nullable(),
  format: z.string(),
  file_name: z.string(),
  size: z.number(),
  yanked: z.boolean(),
  is_signed: z.boolean(),
  download_url: z.string(),
  companions: z.array(z.looseObject({ role: z.string() })),
});

const Release = z.looseObject({
  software: z.string(),
  version: z.string(),
  state: z.enum(["draft", "published", "yanked"]),
  channel: z.string().nullable(),
  description: z.string(),
  notes: z.string(),
  packages: z.array(ReleasedPackage),
  waiting: z.array(
    z.looseObject({
      upload_id: z.string(),
      kind: z.string(),
      state: z.string(),
      file_name: z.string(),
      size: z.number(),
      expires_at: z.string(),
    }),
  ),
  faults: z.array(Fault),
});
export type Release = z.infer<typeof Release>;
export type ReleasedPackage = z.infer<typeof ReleasedPackage>;

/** The software that servers take where none is named. */
export const DEFAULT_SOFTWARE = "omega";

/** The software whose release a command is about, and its version in any spelling. */
export type ReleaseName = { software: string; version: string };

const pathOf = ({ software, version }: ReleaseName) =>
  `/api/v1/releases/${encodeURIComponent(software)}/${encodeURIComponent(version)}`;

const change = (client: Client, method: string, path: string, call: Call = {}) =>
  ask(client, Release, method, path, { key: "required", ...call });

/** What is published of a version, and what waits to be. */
export const getRelease = (client: Client, name: ReleaseName) => change(client, "GET", pathOf(name));

/** Makes all that waits for a version visible at one moment. */
export const publishRelease = (
  client: Client,
  name: ReleaseName,
  json: { notes?: string; description?: string; rollout?: RolloutPlan; allow_incomplete?: boolean },
) => change(client, "POST", `${pathOf(name)}/publish`, { json });

export const yankRelease = (client: Client, name: ReleaseName, verb: "yank" | "unyank") =>
  change(client, "POST", `${pathOf(name)}/${verb}`);

export const promoteRelease = (client: Client, name: ReleaseName, to: string) =>
  change(client, "POST", `${pathOf(name)}/promote`, { json: { to } });

export const updateRelease = (
  client: Client,
  name: ReleaseName,
  json: { notes?: string; description?: string },
) => change(client, "PATCH", pathOf(name), { json });

/** Ends what waits for a version. */
export const discardRelease = (client: Client, name: ReleaseName) =>
  ask(client, z.looseObject({ discarded: z.int() }), "DELETE", `${pathOf(name)}/draft`, { key: "required" });

/** Sets what updaters are told of a published package. */
export async function updatePackage(
  client: Client,
  id: number,
  json: { signature?: string; ed_signature?: string },
): Promise<void> {
  await client.call("PATCH", `/api/v1/packages/${id}`, { json, key: "required" });
}
