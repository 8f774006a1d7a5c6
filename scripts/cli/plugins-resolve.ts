import type { Command } from "commander";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import type { Client } from "../client/client.ts";
import { connect } from "./context.ts";
import type { Context } from "./context.ts";
import { fetchFile } from "./download-file.ts";
import type { Downloaded } from "./download-file.ts";
import { ClientError } from "../client/errors.ts";
import { usage } from "./errors.ts";
import { humanSize, table } from "./output.ts";
import { Resolution, resolvePlugins } from "./plugins-api.ts";
import type { Step } from "./plugins-api.ts";
import { command } from "./run.ts";

type Flags = { engine: string[]; installed?: string; lock?: string; download?: string; force?: boolean };

const Installed = z.union([Resolution.transform(({ install }) => install), z.record(z.string(), z.string())]);

/** Adds `slipway plugins resolve`. */
export function addPluginsResolve(plugins: Command): void {
  command(plugins, "resolve [name@range...]", "find the newest versions that go together")
    .list("--engine <name=version>", "version of an engine, its name in any case; may be given several times")
    .option("--installed <file>", "JSON of what is installed: names and versions, or a lock file")
    .option("--lock <file>", "write the answer's lock there; without names, ask again for what it holds")
    .option("--download <folder>", "fetch every archive that is to be installed and verify its SHA-256")
    .option("--force", "with --download: replace other files of the same names")
    .addHelpText("after", "\nA name without a range means any version: com.example.a  com.example.b@^1.2")
    .action(resolve);
}

async function resolve(ctx: Context, wanted: string[], flags: Flags): Promise<undefined> {
  const client = await connect(ctx);
  const asked = await question(wanted, flags);
  const answer = await resolvePlugins(client, asked).catch(explained);
  if (flags.lock !== undefined) {
    await mkdir(dirname(flags.lock), { recursive: true });
    await writeFile(flags.lock, `${JSON.stringify(answer.lock, undefined, 2)}\n`);
  }
  const lines = planLines(answer.plan, answer.total_size);
  for (const { name, installed, notice } of answer.notices)
    if (notice === "plugin_disabled") lines.push(`${name} is disabled there; ${installed} is left as it is.`);
  if (flags.download === undefined) {
    ctx.out.result(answer, lines);
    return;
  }
  ctx.interruptHint = "Run the same command again to resume.";
  const files = await download(ctx, client, answer.plan, flags.download, flags.force === true);
  ctx.out.result({ ...answer, files }, [
    ...lines,
    ...files.map(
      ({ path, already }) => `${already ? "Already there:" : "Downloaded"} ${path}, SHA-256 verified`,
    ),
  ]);
}

async function question(wanted: string[], flags: Flags): Promise<Resolution> {
  const engines = Object.fromEntries(flags.engine.map(engineOf));
  if (wanted.length === 0) {
    if (flags.lock === undefined)
      throw usage("No plugin is named.", "Name the plugins that you want, or pass --lock FILE to ask again.");
    const lock = await readShape(flags.lock, Resolution, "a lock file");
    const installed = await installedOf(flags.installed, lock.installed);
    return { ...lock, installed, engines: { ...without(lock.engines, engines), ...engines } };
  }
  const installed = await installedOf(flags.installed, {});
  return { install: Object.fromEntries(wanted.map(rangeOf)), engines, installed, integrity: {} };
}

/** The engines of a lock, except those that are named anew, in any case. */
function without(locked: Record<string, string>, told: Record<string, string>): Record<string, string> {
  const names = new Set(Object.keys(told).map((name) => name.toLowerCase()));
  return Object.fromEntries(Object.entries(locked).filter(([name]) => !names.has(name.toLowerCase())));
}

async function installedOf(path: string | undefined, otherwise: Record<string, string>) {
  return path === undefined ? otherwise : readShape(path, Installed, "a list of names and versions");
}

function rangeOf(text: string): [string, string] {
  const at = text.indexOf("@");
  const [name, range] = at < 0 ? [text, "*"] : [text.slice(0, at), text.slice(at + 1)];
  if (name === "" || range === "")
    throw usage(`"${text}" does not name a plugin.`, "Write it like com.example.a@^1.2");
  return [name, range];
}

function engineOf(text: string): [string, string] {
  const at = text.indexOf("=");
  if (at < 1 || at === text.length - 1)
    throw usage(`"${text}" does not name an engine.`, "Write it like MicroDock=2.1.0");
  return [text.slice(0, at), text.slice(at + 1)];
}

async function readShape<T>(path: string, shape: z.ZodType<T>, what: string): Promise<T> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(path, "utf8"));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  const parsed = shape.safeParse(content);
  if (parsed.success) return parsed.data;
  throw usage(`${path} is not ${what}.`);
}

const Conflict = z.object({
  summary: z.string().optional(),
  conflict: z.array(z.looseObject({ message: z.string() })).min(1),
});

/** Tells a conflict line by line: who wants what. */
function explained(error: unknown): never {
  const found = error instanceof ClientError ? Conflict.safeParse(error.data) : undefined;
  if (!(error instanceof ClientError) || !found?.success) throw error;
  const { exitCode, data } = error;
  const hint = found.data.conflict.map(({ message }) => `  ${message}`).join("\n");
  const { summary } = found.data;
  const all = "No versions fit all of these, which could go on without any one of them:";
  const text = summary === undefined ? all : `${summary}.\n${all}`;
  throw new ClientError(exitCode, "RESOLUTION_CONFLICT", text, { hint, data });
}

function planLines(plan: Step[], total: number): string[] {
  if (plan.length === 0) return ["Nothing to install."];
  const rows = plan.map((step) => [
    step.action,
    step.name,
    step.version,
    step.size === null ? "" : humanSize(step.size),
  ]);
  return [...table([["ACTION", "NAME", "VERSION", "SIZE"], ...rows]), `To fetch: ${humanSize(total)}`];
}

async function download(
  ctx: Context,
  client: Client,
  plan: Step[],
  folder: string,
  force: boolean,
): Promise<(Downloaded & { name: string; version: string })[]> {
  await mkdir(folder, { recursive: true });
  const files = [];
  for (const { name, version, action, size, sha256, download_url } of plan) {
    if (action === "keep" || size === null || sha256 === null || download_url === null) continue;
    const locate = () => Promise.resolve(new URL(download_url, client.url));
    const path = join(folder, `${name}@${version}.zip`);
    files.push({ name, version, ...(await fetchFile(ctx, { locate, path, size, sha256, force })) });
  }
  return files;
}
