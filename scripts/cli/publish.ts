import { InvalidArgumentError } from "commander";
import type { Command } from "commander";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import type { Client } from "../client/client.ts";
import { connect } from "./context.ts";
import type { Context } from "./context.ts";
import { EXIT } from "../client/errors.ts";
import { toClientError, usage } from "./errors.ts";
import type { ExitCode } from "../client/errors.ts";
import { jobCount } from "./jobs.ts";
import { packageFields } from "./package-fields.ts";
import type { PackageFlags } from "./package-fields.ts";
import { publishFile } from "./publish-file.ts";
import { describe, toJson } from "./publish-report.ts";
import { command } from "./run.ts";
import { withStandardInput } from "./standard-input.ts";

type Flags = PackageFlags & {
  jobs: number;
  wait: boolean;
  batch?: string;
  watch?: string;
  settle: number;
  notesFile?: string;
  name?: string;
};

/** Adds `slipway publish`. */
export function addPublish(program: Command): void {
  command(program, "publish [file]", "publish a package, a list of packages, or what appears in a folder")
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
    .option("--critical", "mark as a critical update")
    .option("--watershed", "let no device jump over this version")
    .option("--no-watershed", "let devices jump over it again")
    .option("--min-update-from <version>", "the lowest version that may take this one directly")
    .option("--unstable", "do not offer it to stable clients")
    .option("--name <name>", "with - as the file: the name of what comes (default: package.zip)")
    .option("--no-wait", "return once all bytes are sent, before the server has verified them")
    .option("--jobs <n>", "parts sent at the same time", jobCount, 4)
    .option("--batch <list>", "publish each package of a JSON or CSV list")
    .option("--watch <folder>", "publish each finished new file whose name says what it is")
    .option("--settle <seconds>", "with --watch: how long a file must not grow", seconds, 2)
    .addHelpText("after", HELP)
    .action(publish);
}

const HELP = `
The file - is standard input. What the flags do not say is read from a name like these:
  app-v1.2.0-full-windows-x64.zip   app-v1.1.0-to-v1.2.0-patch-windows-x64.zip   app-v1.2.0-hotfix-windows-x64.zip

A list for --batch is a JSON array of objects or a CSV file with a heading. Names: file (relative to the list), version,
type, platform, arch, from_version, description, software, channel, notes, critical, watershed, min_update_from,
unstable. Flags fill what is absent.

The same command run again resumes an interrupted publish. --watch remembers what it published; with --json it prints
one line of JSON for each file.`;

async function publish(ctx: Context, [file]: string[], given: Flags): Promise<ExitCode | undefined> {
  const flags = { ...given, ...(await releaseNotes(given)) };
  const sources = [file, flags.batch, flags.watch].filter((source) => source !== undefined);
  if (sources.length !== 1)
    throw usage("Name one file, or one list with --batch, or one folder with --watch.");
  ctx.interruptHint = "Run the same command again to resume.";
  const client = await connect(ctx);
  if (flags.watch !== undefined)
    return (await import("./watch.ts")).watchFolder(ctx, client, flags.watch, flags);
  if (flags.batch !== undefined) return publishBatch(ctx, client, flags.batch, flags);
  if (file === "-")
    return withStandardInput(ctx, flags.name ?? "package.zip", (path) =>
      publishOne(ctx, client, path, flags),
    );
  return publishOne(ctx, client, file ?? "", flags);
}

async function publishOne(ctx: Context, client: Client, path: string, flags: Flags): Promise<undefined> {
  const fields = packageFields(path, flags);
  const outcome = await publishFile(ctx, client, { file: path, fields, jobs: flags.jobs, wait: flags.wait });
  ctx.out.result(toJson(path, fields, outcome), [describe(path, fields, outcome)]);
  return undefined;
}

/** The release notes of a file, as the flag that they stand for. */
async function releaseNotes({ notes, notesFile }: Flags): Promise<{ notes?: string }> {
  if (notesFile === undefined) return {};
  if (notes !== undefined) throw usage("Pass the release notes by --notes or by --notes-file, not by both.");
  return { notes: await readFile(notesFile, "utf8") };
}

/** Publishes a list one after another, goes on after failures, and ends with the first failure's exit code. */
async function publishBatch(ctx: Context, client: Client, list: string, flags: Flags): Promise<ExitCode> {
  const { readBatch } = await import("./batch.ts");
  const entries = await readBatch(list, packageFlags(flags));
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

function packageFlags(flags: Flags): PackageFlags {
  const { jobs: _jobs, wait: _wait, batch: _batch, watch: _watch, settle: _settle, ...described } = flags;
  const { notesFile: _notesFile, name: _name, ...rest } = described;
  return rest;
}

function seconds(text: string): number {
  const value = Number(text);
  if (value > 0 && value <= 3600) return value;
  throw new InvalidArgumentError("It must be more than 0 and at most 3600.");
}
