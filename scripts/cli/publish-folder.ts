import { basename, dirname } from "node:path";
import { stat } from "node:fs/promises";
import { ClientError, EXIT } from "../client/errors.ts";
import { connect } from "./context.ts";
import type { Context } from "./context.ts";
import { usage } from "./errors.ts";
import { findPackages } from "./find-packages.ts";
import type { FoundPackage, FoundPackages } from "./find-packages.ts";
import { compare } from "../client/folders/nupkgs.ts";
import { humanSize, table } from "./output.ts";
import type { PackageFlags } from "./package-fields.ts";
import { ask } from "./prompt.ts";
import type { DraftFile } from "./publish-draft.ts";
import { publishAsRelease } from "./publish-release.ts";
import type { ReleaseOutcome } from "./publish-release.ts";
import { DEFAULT_SOFTWARE } from "./releases-api.ts";
import { planNow, type PlanFlags } from "./rollout-plan.ts";
import { offeredChangelog, readNotes } from "./release-notes.ts";
import type { NotesFlags, NotesOf } from "./release-notes.ts";

export type FolderFlags = PackageFlags &
  NotesFlags & {
    jobs: number;
    wait: boolean;
    yes?: boolean;
    draft?: boolean;
    allowIncomplete?: boolean;
    rollout?: string;
  } & PlanFlags;

/** More are counted alone. */
const SKIPPED_SHOWN = 10;

/**
 * Publishes what build tools have left in folders, or several files: each version as one release, oldest first, after showing
 * what was found.
 */
export async function publishFolders(ctx: Context, paths: string[], flags: FolderFlags): Promise<undefined> {
  refuseFlagsOfFiles(flags);
  const rollout = planNow(flags);
  const { version, platform, arch } = flags;
  const found = await findPackages(paths, { version, platform, arch });
  const software = softwareOf(found.packages, flags.software);
  const versions = found.packages
    .map((one) => one.version)
    .filter((version, index, all) => index === 0 || compare(version, all[index - 1] ?? "") !== 0);
  const folder = await folderOf(paths[0] ?? ".");
  const notesOf = await readNotes(flags, folder);
  if (versions.length > 1 && (flags.notes ?? flags.notesFile) !== undefined)
    throw usage(
      `The notes are of one version, and there are ${versions.join(", ")}.`,
      "Pick one with --version, or pass --changelog.",
    );
  const releases = versions.map((version) => ({ version, notes: notesOf(version) }));
  show(ctx, found, software);
  await offerChangelog(ctx, flags, folder, versions);
  const client = await connect(ctx);
  await confirm(ctx, flags, { found, software, versions, server: client.url });
  const outcomes: ReleaseOutcome[] = [];
  for (const { version, notes } of releases) {
    const files = found.packages
      .filter((one) => compare(one.version, version) === 0)
      .map((one) => draftFile(one, software, flags, notesOf));
    if (versions.length > 1) ctx.out.note(`${software} ${version}:`);
    const outcome = await publishAsRelease(ctx, client, {
      name: { software, version },
      files,
      notes,
      rollout,
      description: flags.description,
      jobs: flags.jobs,
      draft: flags.draft === true,
      allowIncomplete: flags.allowIncomplete === true,
    });
    outcomes.push(outcome);
  }
  report(ctx, software, outcomes, found);
}

function refuseFlagsOfFiles({ type, fromVersion, wait }: FolderFlags): void {
  if (type !== undefined || fromVersion !== undefined)
    throw usage("--type and --from-version are of one package.", "Publish that file by itself.");
  if (!wait)
    throw usage("A release is published when all of it is verified: --no-wait is for a single file.");
}

function softwareOf(packages: FoundPackage[], flag: string | undefined): string {
  const [named = DEFAULT_SOFTWARE, ...others] = new Set(packages.flatMap(({ software }) => software ?? []));
  if (flag !== undefined) return flag;
  if (others.length === 0) return named;
  throw usage(
    `The files are named as packages of ${[named, ...others].join(", ")}.`,
    "Pass --software, or name only those of one.",
  );
}

const folderOf = async (path: string) => ((await stat(path)).isDirectory() ? path : dirname(path));

function show(ctx: Context, { tools, packages, skipped }: FoundPackages, software: string): void {
  const rows = packages.map((one) => [
    one.version,
    one.from_version === undefined ? one.type : `${one.type} from ${one.from_version}`,
    one.platform,
    one.arch,
    one.format,
    humanSize(one.size),
    [...signatures(one), ...one.companions.map(({ role }) => role)].join(", ") || "-",
    one.path,
  ]);
  const heading = ["VERSION", "TYPE", "PLATFORM", "ARCH", "FORMAT", "SIZE", "WITH", "FILE"];
  ctx.out.note(`Found for ${software}, by ${tools.join(" and ")}:`);
  for (const line of table([heading, ...rows])) ctx.out.note(`  ${line}`);
  for (const { path, remark } of packages)
    if (remark !== undefined) ctx.out.note(`Note: ${path} is ${remark}.`);
  for (const { path, reason } of skipped.slice(0, SKIPPED_SHOWN))
    ctx.out.note(`Skipped: ${path}: ${reason}.`);
  const more = skipped.length - SKIPPED_SHOWN;
  if (more > 0) ctx.out.note(`Skipped: ${more} more; --json names them all.`);
}

const signatures = ({ signature, ed_signature }: FoundPackage): string[] => [
  ...(signature === undefined ? [] : ["signature"]),
  ...(ed_signature === undefined ? [] : ["EdDSA signature"]),
];

async function offerChangelog(
  ctx: Context,
  { notes, notesFile, changelog }: FolderFlags,
  folder: string,
  versions: string[],
): Promise<void> {
  if ((notes ?? notesFile ?? changelog) !== undefined) return;
  const [version = ""] = versions.slice(-1);
  const path = await offeredChangelog(folder, version);
  if (path !== undefined)
    ctx.out.note(`${path} has a section on ${version}: --changelog makes it the release notes.`);
}

/** @throws ClientError where nobody says yes */
async function confirm(
  ctx: Context,
  { yes, draft }: FolderFlags,
  about: { found: FoundPackages; software: string; versions: string[]; server: string },
): Promise<void> {
  if (yes === true) return;
  const { found, software, versions, server } = about;
  const { packages, skipped } = found;
  if (ctx.out.json || !process.stdin.isTTY) {
    const data = { software, packages: packages.map(({ signature: _signature, ...one }) => one), skipped };
    throw new ClientError(EXIT.usage, "NOT_CONFIRMED", "Nothing was published: this is what was found.", {
      hint: "Pass --yes to publish it: without a terminal, nobody can be asked.",
      data,
    });
  }
  const what = `${packages.length === 1 ? "this package" : `these ${packages.length} packages`} of ${software}`;
  const answer = await ask(
    `${draft === true ? "Send" : "Publish"} ${what} ${versions.join(", ")} to ${server}? [y/N] `,
  );
  if (!/^y(?:es)?$/i.test(answer))
    throw new ClientError(EXIT.usage, "NOT_CONFIRMED", "Nothing was published.");
}

function draftFile(one: FoundPackage, software: string, flags: FolderFlags, notesOf: NotesOf): DraftFile {
  const { root, path, size, companions, digest } = one;
  // What is published now gets its texts then.
  const texts = flags.draft === true ? { notes: notesOf(one.version), description: flags.description } : {};
  return {
    root,
    path,
    size,
    companions,
    digest,
    fields: {
      version: one.version,
      package_type: one.type,
      platform: one.platform,
      arch: one.arch,
      from_version: one.from_version,
      software,
      channel: flags.channel ?? one.channel,
      is_stable: flags.unstable === true ? false : undefined,
      is_critical: flags.critical === true ? true : undefined,
      is_watershed: flags.watershed,
      min_update_from: flags.minUpdateFrom,
      signature: one.signature,
      ed_signature: one.ed_signature,
      build_number: one.build_number,
      min_os_version: one.min_os_version,
      requires_admin: one.requires_admin,
      block_map_size: one.block_map_size,
      ...texts,
    },
  };
}

function report(
  ctx: Context,
  software: string,
  outcomes: ReleaseOutcome[],
  { packages, skipped }: FoundPackages,
): void {
  const lines = outcomes.flatMap((outcome) => {
    const { version, published } = outcome;
    const held = outcome.packages.filter(({ state }) => state === "held");
    const ofVersion = packages.filter((one) => compare(one.version, version) === 0);
    const size = humanSize(ofVersion.reduce((sum, one) => sum + one.size, 0));
    const count = `${outcome.packages.length} ${outcome.packages.length === 1 ? "package" : "packages"}, ${size}`;
    const command = `slipway release publish ${version} --software ${software}`;
    if (held.length > 0) return [`Holds ${software} ${version}: ${count}. \`${command}\` publishes it.`];
    const first = published
      ? `Published ${software} ${version}: ${count}.`
      : `${software} ${version} is published already: ${count}.`;
    return [first, ...outcome.packages.map(line)];
  });
  const all = outcomes.flatMap((outcome) => outcome.packages);
  const releases = outcomes.map(({ version, state, published }) => ({ version, state, published }));
  ctx.out.result({ software, releases, packages: all, skipped }, lines);
}

const line = (one: ReleaseOutcome["packages"][number]) =>
  `  ${basename(one.file)}: package ${String(one["package_id"])}, ${String(one["download_url"])}`;
