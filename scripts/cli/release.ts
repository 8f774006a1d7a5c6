import type { Command } from "commander";
import { connect } from "./context.ts";
import type { Context } from "./context.ts";
import { usage } from "./errors.ts";
import { humanSize, table } from "./output.ts";
import { asIncomplete } from "./publish-release.ts";
import { readNotes } from "./release-notes.ts";
import type { NotesFlags } from "./release-notes.ts";
import {
  DEFAULT_SOFTWARE,
  discardRelease,
  getRelease,
  promoteRelease,
  publishRelease,
  updateRelease,
  yankRelease,
} from "./releases-api.ts";
import type { Release, ReleaseName } from "./releases-api.ts";
import { withPlan } from "./rollout.ts";
import { givenPlan, type PlanFlags } from "./rollout-plan.ts";
import { command } from "./run.ts";

type Flags = { software?: string };
type TextFlags = Flags & NotesFlags & { description?: string };
type PublishFlags = TextFlags & PlanFlags & { allowIncomplete?: boolean; rollout?: string };

/** Adds `slipway release show | publish | yank | unyank | promote | notes | discard`. */
export function addRelease(program: Command): void {
  const release = program
    .command("release")
    .description("show a version with all its files, publish what is held of it, withdraw it, promote it");
  const verb = (name: string, description: string) =>
    command(release, `${name} <version>`, description).option(
      "--software <slug>",
      `software title (default: ${DEFAULT_SOFTWARE})`,
    );
  verb("show", "show what is published of a version, and what waits to be").action(show);
  withPlan(withTexts(verb("publish", "make all that is held of a version visible at one moment")))
    .option("--rollout <percents>", "give it to a growing share of the devices: 1,10,50,100")
    .option("--allow-incomplete", "although files lack a signature or block map that others have")
    .action(publish);
  verb("yank", "stop offering a version; downloads by link go on").action(
    (ctx: Context, args: string[], flags: Flags) => yank(ctx, args, flags, "yank"),
  );
  verb("unyank", "offer a version again").action((ctx: Context, args: string[], flags: Flags) =>
    yank(ctx, args, flags, "unyank"),
  );
  verb("promote", "move a version to another channel, its bytes as they are")
    .option("--to <channel>", "stable, or the channel's name")
    .action(promote);
  withTexts(verb("notes", "print the release notes of a version, or set others")).action(notes);
  verb("discard", "end what waits for a version; what is published stays").action(discard);
}

function withTexts(subcommand: ReturnType<typeof command>): ReturnType<typeof command> {
  return subcommand
    .option("--notes <text>", "release notes")
    .option("--notes-file <path>", "file with the release notes")
    .option("--changelog [file]", "notes: the section of the version (default: CHANGELOG.md here or above)")
    .option("--description <text>", "what is new, shown to clients");
}

function nameOf([version = ""]: string[], { software = DEFAULT_SOFTWARE }: Flags): ReleaseName {
  return { software, version };
}

async function textsOf(flags: TextFlags, version: string): Promise<{ notes?: string; description?: string }> {
  const notes = (await readNotes(flags, "."))(version);
  const { description } = flags;
  return { ...(notes !== undefined && { notes }), ...(description !== undefined && { description }) };
}

async function show(ctx: Context, args: string[], flags: Flags): Promise<undefined> {
  const release = await getRelease(await connect(ctx), nameOf(args, flags));
  ctx.out.result(release, lines(release));
}

async function publish(ctx: Context, args: string[], flags: PublishFlags): Promise<undefined> {
  const name = nameOf(args, flags);
  const texts = await textsOf(flags, name.version);
  const client = await connect(ctx);
  const before = await getRelease(client, name);
  const allow_incomplete = flags.allowIncomplete === true;
  const rollout = givenPlan(flags);
  try {
    const release = await publishRelease(client, name, { ...texts, allow_incomplete, rollout });
    ctx.out.result(release, [`Published ${release.software} ${release.version}.`, ...lines(release)]);
  } catch (error) {
    throw asIncomplete(error, before);
  }
}

async function yank(ctx: Context, args: string[], flags: Flags, verb: "yank" | "unyank"): Promise<undefined> {
  const release = await yankRelease(await connect(ctx), nameOf(args, flags), verb);
  const done = { yank: "is no longer offered", unyank: "is offered again" }[verb];
  ctx.out.result(release, [`${release.software} ${release.version} ${done}.`]);
}

async function promote(ctx: Context, args: string[], flags: Flags & { to?: string }): Promise<undefined> {
  if (flags.to === undefined)
    throw usage("Say which channel the version moves to.", "For one: `--to stable`.");
  const client = await connect(ctx);
  const name = nameOf(args, flags);
  const before = await getRelease(client, name);
  if (before.channel === "stable" && flags.to !== "stable")
    throw usage(
      `${before.software} ${before.version} is on stable, and what devices were offered there stays.`,
      "`slipway release yank` withdraws it.",
    );
  const release = await promoteRelease(client, name, flags.to);
  ctx.out.result(release, [`${release.software} ${release.version} is on ${release.channel ?? flags.to}.`]);
}

async function notes(ctx: Context, args: string[], flags: TextFlags): Promise<undefined> {
  const name = nameOf(args, flags);
  const texts = await textsOf(flags, name.version);
  const client = await connect(ctx);
  if (Object.keys(texts).length === 0) {
    const release = await getRelease(client, name);
    ctx.out.result(release, [release.notes === "" ? "It has no release notes." : release.notes]);
    return;
  }
  const release = await updateRelease(client, name, texts);
  ctx.out.result(release, [`${release.software} ${release.version} has other release notes.`]);
}

async function discard(ctx: Context, args: string[], flags: Flags): Promise<undefined> {
  const name = nameOf(args, flags);
  const answer = await discardRelease(await connect(ctx), name);
  const files = answer.discarded === 1 ? "1 file" : `${answer.discarded} files`;
  ctx.out.result(answer, [`Discarded ${files} that waited for ${name.software} ${name.version}.`]);
}

/** A release for people: its state, its packages, what waits, and what it lacks. */
function lines(release: Release): string[] {
  const { software, version, state, channel, packages, waiting, faults } = release;
  const said = { draft: "not published yet", published: "published", yanked: "no longer offered" }[state];
  const published = packages.map((one) => [
    String(one.id),
    one.yanked ? "yanked" : "published",
    one.from_version === null ? one.package_type : `${one.package_type} from ${one.from_version}`,
    `${one.platform} ${one.arch}`,
    humanSize(one.size),
    [...(one.is_signed ? ["signature"] : []), ...one.companions.map(({ role }) => role)].join(", ") || "-",
    one.file_name,
  ]);
  const held = waiting.map((one) => ["-", one.state, one.kind, "", humanSize(one.size), "", one.file_name]);
  const rows = [...published, ...held];
  const heading = ["ID", "STATE", "TYPE", "TARGET", "SIZE", "WITH", "FILE"];
  return [
    `${software} ${version}: ${said}${channel === null ? "" : `, on ${channel}`}.`,
    ...(rows.length === 0 ? [] : table([heading, ...rows])),
    ...faults.map(({ file, missing, other }) => `${file} has no ${missing}, which ${other} has.`),
  ];
}
