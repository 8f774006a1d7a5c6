import { join } from "node:path";
import { ClientError } from "../client/errors.ts";
import type { Client } from "../client/client.ts";
import type { Context } from "./context.ts";
import { sendDraft, withdraw } from "./publish-draft.ts";
import type { RolloutPlan } from "./rollout-plan.ts";
import type { DraftFile, SentFile } from "./publish-draft.ts";
import { getRelease, publishRelease, updatePackage } from "./releases-api.ts";
import type { Release, ReleaseName, ReleasedPackage } from "./releases-api.ts";

export type ReleaseInput = {
  name: ReleaseName;
  files: DraftFile[];
  notes: string | undefined;
  description: string | undefined;
  rollout: RolloutPlan | undefined;
  jobs: number;
  /** Whether it is left held. */
  draft: boolean;
  allowIncomplete: boolean;
};

/** What became of one file, for scripts: the fields of a single publication, as far as they are known. */
export type ReleasedFile = Record<string, unknown> & { file: string; state: "ready" | "held" };

export type ReleaseOutcome = {
  version: string;
  state: Release["state"];
  /** Whether this run made something visible. */
  published: boolean;
  packages: ReleasedFile[];
};

/**
 * Sends all files of a release, and publishes them once the last one is verified. Run again after an interruption, it goes on
 * where it was.
 */
export async function publishAsRelease(
  ctx: Context,
  client: Client,
  input: ReleaseInput,
): Promise<ReleaseOutcome> {
  const { name, files, jobs } = input;
  let sent = await sendDraft(ctx, client, files, jobs);
  let release = await getRelease(client, name);
  const unsigned = sent.filter((one) => lacksSignature(one, release));
  if (unsigned.length > 0) {
    for (const one of unsigned) await withdraw(client, one);
    const again = await sendDraft(
      ctx,
      client,
      unsigned.map(({ file }) => file),
      jobs,
    );
    sent = sent.map((one) => again.find(({ file }) => file === one.file) ?? one);
    release = await getRelease(client, name);
  }
  await signPublished(client, sent, release);
  const uploads = new Map(release.waiting.map(({ upload_id, file_name }) => [upload_id, file_name]));
  const isWhole = release.waiting.length === 0;
  if (!input.draft && !isWhole) release = await publish(client, input, release, localNames(sent, release));
  return {
    version: release.version,
    state: release.state,
    published: !input.draft && !isWhole,
    packages: sent.map((one) => describe(one, release, uploads)),
  };
}

/** Whether an earlier run sent a file before it was signed: what is held cannot be changed. */
function lacksSignature({ file, outcome }: SentFile, release: Release): boolean {
  if (outcome.state !== "held" || !outcome.already) return false;
  const upload = release.waiting.find(({ upload_id }) => upload_id === outcome.upload_id);
  return release.faults.some(
    (fault) =>
      fault.file === upload?.file_name &&
      ((fault.missing === "signature" && file.fields.signature !== undefined) ||
        (fault.missing === "ed_signature" && file.fields.ed_signature !== undefined)),
  );
}

/** Gives packages that were published without a signature the one that is there now. */
async function signPublished(client: Client, sent: SentFile[], release: Release): Promise<void> {
  for (const { file, outcome } of sent) {
    const { signature, ed_signature } = file.fields;
    if (outcome.state !== "ready" || (signature ?? ed_signature) === undefined) continue;
    const { package_id: id } = outcome.result;
    const isSigned = release.packages.find((one) => one.id === id)?.is_signed === true;
    if (!isSigned) await updatePackage(client, id, { signature, ed_signature });
  }
}

async function publish(
  client: Client,
  input: ReleaseInput,
  release: Release,
  local: LocalNames,
): Promise<Release> {
  const { name, notes, description, rollout, allowIncomplete } = input;
  try {
    return await publishRelease(client, name, {
      notes,
      description,
      rollout,
      allow_incomplete: allowIncomplete,
    });
  } catch (error) {
    throw asIncomplete(error, release, local);
  }
}

/** The server's names of files -> those in the folder. */
type LocalNames = ReadonlyMap<string, string>;

function localNames(sent: SentFile[], { packages, waiting }: Release): LocalNames {
  const named = sent.flatMap(({ file, outcome }) => {
    const found =
      outcome.state === "held"
        ? waiting.find(({ upload_id }) => upload_id === outcome.upload_id)
        : packages.find(({ id }) => id === outcome.result.package_id);
    return found ? [[found.file_name, file.path] as const] : [];
  });
  return new Map(named);
}

/**
 * The refusal of a release that lacks something, with all that it lacks. Its files stay held: nothing of it is visible.
 * @param local undefined where no folder was published
 */
export function asIncomplete(
  error: unknown,
  { faults }: Pick<Release, "faults">,
  local?: LocalNames,
): unknown {
  if (!(error instanceof ClientError) || error.code !== "RELEASE_INCOMPLETE") return error;
  const name = (file: string) => local?.get(file) ?? file;
  const lacking = faults.map(
    ({ file, missing, other }) => `${name(file)} has no ${missing}, which ${name(other)} has.`,
  );
  const again = local ? "Add it and run the same command again" : "Add it";
  const hint = `${again}, or pass --allow-incomplete. Nothing of it is visible yet.`;
  const message = lacking.join("\n") || error.message;
  return new ClientError(error.exitCode, error.code, message, { hint, data: { faults } });
}

function describe({ file, outcome }: SentFile, release: Release, uploads: Map<string, string>): ReleasedFile {
  const { version, package_type, platform, arch, from_version } = file.fields;
  const about = {
    version,
    package_type,
    platform,
    arch,
    ...(from_version !== undefined && { from_version }),
  };
  const path = join(file.root, file.path);
  if (outcome.state === "ready") {
    return {
      file: path,
      state: "ready",
      already: true,
      ...about,
      ...outcome.result,
      ...whereIs(find(release, outcome.result.package_id)),
    };
  }
  const name = uploads.get(outcome.upload_id);
  const published = release.packages.find((one) => one.file_name === name);
  const { upload_id, already } = outcome;
  if (!published) return { file: path, state: "held", already, ...about, file_size: file.size, upload_id };
  return {
    file: path,
    state: "ready",
    already: false,
    ...about,
    file_size: file.size,
    ...whereIs(published),
  };
}

const find = (release: Release, id: number) => release.packages.find((one) => one.id === id);

const whereIs = (found: ReleasedPackage | undefined) =>
  found && {
    package_id: found.id,
    file_name: found.file_name,
    download_url: found.download_url,
    companions: found.companions.map(({ role }) => role),
  };
