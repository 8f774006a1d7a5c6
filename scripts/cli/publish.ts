import { InvalidArgumentError } from "commander";
import type { Command } from "commander";
import { readFile, stat } from "node:fs/promises";
import { basename, dirname } from "node:path";
import type { Client } from "../client/client.ts";
import { connect } from "./context.ts";
import type { Context } from "./context.ts";
import { EXIT, errorCode } from "../client/errors.ts";
import { toClientError, usage } from "./errors.ts";
import type { ExitCode } from "../client/errors.ts";
import { jobCount } from "./jobs.ts";
import { packageFields } from "./package-fields.ts";
import type { PackageFlags } from "./package-fields.ts";
import { publishFile } from "./publish-file.ts";
import { describe, toJson } from "./publish-report.ts";
import { withPlan } from "./rollout.ts";
import { planNow, type PlanFlags } from "./rollout-plan.ts";
import { readNotes } from "./release-notes.ts";
import type { NotesOf } from "./release-notes.ts";
import { updatePackage } from "./releases-api.ts";
import { command } from "./run.ts";
import { withStandardInput } from "./standard-input.ts";

type Flags = PackageFlags & {
  jobs: number;
  wait: boolean;
  batch?: string;
  watch?: string;
  settle: number;
  notesFile?: string;
  changelog?: string | true;
  name?: string;
  signatureFile?: string;
  draft?: boolean;
  yes?: boolean;
  allowIncomplete?: boolean;
  rollout?: string;
} & PlanFlags;

/** Adds `slipway publish`. */
export function addPublish(program: Command): void {
  const subcommand = command(
    program,
    "publish [paths...]",
    "publish a package, or what a build has left in a folder as one release",
  )
    .option("--version <version>", "version of the package")
    .option("--type <type>", "full, patch or hotfix (default: full, or patch with --from-version)")
    .option("--platform <platform>", "windows, linux or macos (default: this machine's)")
    .option("--arch <arch>", "x64, x86 or arm64 (default: this machine's)")
    .option("--from-version <version>", "version that a patch or hotfix applies to")
    .option("--description <text>", "what is new, shown to clients")
    .option("--software <slug>", "software title")
    .option("--channel <name>", "release channel")
    .option("--notes <text>", "release notes")
    .option("--notes-file <path>", "file with the release notes")
    .option(
      "--changelog [file]",
      "notes: the section of the version (default: CHANGELOG.md of the folder or above)",
    )
    .option("--critical", "mark as a critical update")
    .option("--watershed", "let no device jump over this version")
    .option("--no-watershed", "let devices jump over it again")
    .option("--min-update-from <version>", "the lowest version that may take this one directly")
    .option("--unstable", "do not offer it to stable clients")
    .option("--name <name>", "with - as the file: the name of what comes (default: package.zip)")
    .option("--signature-file <path>", "the .sig file of a single package, of Tauri's signer or minisign")
    .option("--draft", "hold it until `slipway release publish`")
    .option("--yes", "publish what a folder has without asking")
    .option(
      "--allow-incomplete",
      "publish a folder although files lack a signature or block map that others have",
    )
    .option("--no-wait", "return once all bytes are sent, before the server has verified them")
    .option("--jobs <n>", "parts sent at the same time", jobCount, 4)
    .option("--batch <list>", "publish each package of a JSON or CSV list")
    .option("--watch <folder>", "publish each finished new file whose name says what it is")
    .option("--settle <seconds>", "with --watch: how long a file must not grow", seconds, 2)
    .option("--rollout <percents>", "give it to a growing share of the devices: 1,10,50,100");
  withPlan(subcommand).addHelpText("after", HELP).action(publish);
}

const HELP = `
A folder, or several files, become one release, visible at once when its last byte is verified. Read are the outputs of
electron-builder, Tauri, cargo-packager, Velopack, Squirrel.Windows and Sparkle's generate_appcast, and any files whose names
say version, platform and arch. What was found is shown first. --version picks one of several versions, --platform and --arch
say what names do not.

The file - is standard input. What the flags do not say is read from a name like these:
  app-v1.2.0-full-windows-x64.zip   app-v1.1.0-to-v1.2.0-patch-windows-x64.zip   app-v1.2.0-hotfix-windows-x64.zip

A list for --batch is a JSON array of objects or a CSV file with a heading. Names: file (relative to the list), version,
type, platform, arch, from_version, description, software, channel, notes, critical, watershed, min_update_from,
unstable. Flags fill what is absent.

The same command run again resumes an interrupted publish. --watch remembers what it published; with --json it prints
one line of JSON for each file.`;

async function publish(ctx: Context, paths: string[], given: Flags): Promise<ExitCode | undefined> {
  const [file] = paths;
  const sources = [file, given.batch, given.watch].filter((source) => source !== undefined);
  if (sources.length !== 1)
    throw usage("Name a folder or files, or one list with --batch, or one folder with --watch.");
  ctx.interruptHint = "Run the same command again to resume.";
  if (file !== undefined && (paths.length > 1 || (await isFolder(file)))) {
    refuse(given, { "--signature-file": given.signatureFile, "--name": given.name });
    return (await import("./publish-folder.ts")).publishFolders(ctx, paths, given);
  }
  const notesOf = await readNotes(given, file === undefined || file === "-" ? "." : dirname(file));
  const client = await connect(ctx);
  if (file === "-")
    return withStandardInput(ctx, given.name ?? "package.zip", (path) =>
      publishOne(ctx, client, path, given, notesOf),
    );
  if (file !== undefined) return publishOne(ctx, client, file, given, notesOf);
  const { signatureFile, draft, changelog, rollout } = given;
  refuse(given, {
    "--signature-file": signatureFile,
    "--draft": draft,
    "--changelog": changelog,
    "--rollout": rollout,
  });
  const flags = { ...given, notes: notesOf("") };
  if (flags.watch !== undefined)
    return (await import("./watch.ts")).watchFolder(ctx, client, flags.watch, flags);
  return publishBatch(ctx, client, flags.batch ?? "", flags);
}

async function isFolder(path: string): Promise<boolean> {
  const info = await stat(path).catch((error: unknown) => {
    if (errorCode(error) !== "ENOENT") throw error;
  });
  return info?.isDirectory() === true;
}

/** @throws ClientError (usage) where a flag is given that means nothing here */
function refuse({ batch, watch }: Flags, flags: Record<string, unknown>): void {
  const [flag] = Object.entries(flags).find(([, value]) => value !== undefined) ?? [];
  if (flag === undefined) return;
  const what =
    batch !== undefined ? "--batch" : watch !== undefined ? "--watch" : "a folder or several files";
  throw usage(`${flag} does not go with ${what}.`, "Publish that file by itself.");
}

async function publishOne(
  ctx: Context,
  client: Client,
  path: string,
  flags: Flags,
  notesOf: NotesOf,
): Promise<undefined> {
  const { signatureFile, draft } = flags;
  const described = packageFields(path, flags);
  const rollout = planNow(flags);
  const signature = signatureFile === undefined ? undefined : await readFile(signatureFile, "utf8");
  const fields = {
    ...described,
    notes: notesOf(described.version),
    ...(signature !== undefined && { signature }),
    ...(draft === true && { draft }),
    ...(rollout && { rollout }),
  };
  const outcome = await publishFile(ctx, client, { file: path, fields, jobs: flags.jobs, wait: flags.wait });
  if (outcome.state === "ready" && outcome.already && signature !== undefined)
    await updatePackage(client, outcome.result.package_id, { signature });
  ctx.out.result(toJson(path, fields, outcome), [describe(path, fields, outcome)]);
  return undefined;
}

/** Publishes a list one after another, goes on after failures, and ends with the first failure's exit code. */
async function publishBatch(ctx: Context, client: Client, list: string, flags: Flags): Promise<ExitCode> {
  const { readBatch } = await import("./batch.ts");
  const entries = await readBatch(list, flags);
  const work = entries.map((entry) => ({ file: entry.file, fields: packageFields(entry.file, entry.flags) }));
  const results: unknown[] = [];
  const lines: string[] = [];
  let exit: ExitCode = EXIT.ok;
  for (const { file, fields } of work) {
    try {
      const outcome = await publishFile(ctx, client, { file, fields, jobs: flags.jobs, wait: flags.wait });
      results.push(toJson(file, fields, outcome));
      lines.push(describe(file, fields, outcome));
    } catch (thrown) {
      if (ctx.signal.aborted) throw thrown;
      const error = toClientError(thrown);
      if (exit === EXIT.ok) exit = error.exitCode;
      results.push({ file, state: "failed", error: { code: error.code, message: error.message } });
      lines.push(`Failed: ${basename(file)}: ${error.message}`);
    }
  }
  ctx.out.result({ packages: results }, lines);
  return exit;
}

function seconds(text: string): number {
  const value = Number(text);
  if (value > 0 && value <= 3600) return value;
  throw new InvalidArgumentError("It must be more than 0 and at most 3600.");
}
