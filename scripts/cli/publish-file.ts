import { basename } from "node:path";
import { Published } from "./api.ts";
import { readResult } from "../client/ask.ts";
import type { Client } from "../client/client.ts";
import type { Context } from "./context.ts";
import type { HeldUpload, InTurn } from "./finish-upload.ts";
import type { RolloutPlan } from "./rollout-plan.ts";
import { uploadFile } from "./upload-file.ts";

/** A package's form fields; what is undefined is left to the server's defaults. */
export type PackageFields = {
  version: string;
  package_type: string;
  platform?: string;
  arch?: string;
  from_version?: string;
  description?: string;
  software?: string;
  channel?: string;
  notes?: string;
  is_stable?: boolean;
  is_critical?: boolean;
  is_watershed?: boolean;
  min_update_from?: string;
  signature?: string;
  ed_signature?: string;
  build_number?: string;
  min_os_version?: string;
  requires_admin?: boolean;
  block_map_size?: number;
  draft?: boolean;
  rollout?: RolloutPlan;
};

export type PublishInput = {
  file: string;
  fields: PackageFields;
  jobs: number;
  wait: boolean;
  inTurn?: InTurn;
};

export type PublishOutcome =
  | { state: "ready"; result: Published; resumed: boolean; already: boolean }
  | { state: "verifying"; upload_id: string; resumed: boolean }
  | HeldUpload;

/** Publishes one file as a package. The same file and fields once more are the same package. */
export async function publishFile(
  ctx: Context,
  client: Client,
  input: PublishInput,
): Promise<PublishOutcome> {
  const filename = basename(input.file);
  const named = { kind: "package", credential: "required", again: "same", filename } as const;
  const isOneOfSeveral = input.fields.package_type === "hotfix";
  const outcome = await uploadFile(ctx, client, { ...input, ...named, isOneOfSeveral });
  return outcome.state === "ready" ? { ...outcome, result: readResult(Published, outcome.result) } : outcome;
}
