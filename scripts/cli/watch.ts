import { watch } from "chokidar";
import { createHash } from "node:crypto";
import { EventEmitter, on } from "node:events";
import { stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { z } from "zod";
import type { Client } from "../client/client.ts";
import type { Context } from "./context.ts";
import { EXIT } from "../client/errors.ts";
import { toClientError, usage } from "./errors.ts";
import type { ExitCode } from "../client/errors.ts";
import { readJson, stateFolder, writeJson } from "./files.ts";
import { packageFields } from "./package-fields.ts";
import type { PackageFlags } from "./package-fields.ts";
import { parsePackageName } from "../client/folders/package-name.ts";
import { publishFile } from "./publish-file.ts";
import { describe, toJson } from "./publish-report.ts";

const RETRY_MS = 30_000;
const GROWTH_POLL_MS = 100;

type Flags = PackageFlags & { jobs: number; wait: boolean; settle: number };

/**
 * Publishes each file of a folder whose name follows the pattern, once it has stopped growing: those that are there
 * and those that come, one after another, until the signal. What was published is remembered by size and time.
 */
export async function watchFolder(
  ctx: Context,
  client: Client,
  folder: string,
  flags: Flags,
): Promise<ExitCode> {
  const root = resolve(folder);
  const info = await stat(root);
  if (!info.isDirectory()) throw usage(`${root} is not a folder.`);
  ctx.interruptHint = "Run the same command again to go on from here.";
  const memory = await openMemory(ctx.env, client.url, root);
  const found = new EventEmitter();
  const files = on(found, "file", { signal: ctx.signal });
  const announce = (path: string) => {
    if (parsePackageName(basename(path)) !== undefined) found.emit("file", path);
  };
  const watcher = watch(root, {
    depth: 0,
    awaitWriteFinish: { stabilityThreshold: flags.settle * 1000, pollInterval: GROWTH_POLL_MS },
  });
  watcher.on("add", announce).on("change", announce);
  watcher.on("ready", () => ctx.out.note(`Watching ${root}; Ctrl-C ends it.`));
  try {
    for await (const [path] of files as AsyncIterable<[string]>) {
      const again = await publishOne(ctx, client, memory, path, flags);
      if (again) setTimeout(announce, RETRY_MS, path).unref();
    }
  } catch (error) {
    if (!ctx.signal.aborted) throw error;
  } finally {
    await watcher.close();
  }
  ctx.out.note("Stopped. Run the same command again to go on from here.");
  return EXIT.ok;
}

/** @returns whether the failure may pass, so that the file should be tried again. */
async function publishOne(
  ctx: Context,
  client: Client,
  memory: Memory,
  path: string,
  flags: Flags,
): Promise<boolean> {
  try {
    const mark = await markOf(path);
    if (memory.has(path, mark)) return false;
    const fields = packageFields(path, { ...flags, version: undefined, type: undefined });
    const outcome = await publishFile(ctx, client, {
      file: path,
      fields,
      jobs: flags.jobs,
      wait: flags.wait,
    });
    await memory.add(path, mark);
    ctx.out.item(toJson(path, fields, outcome), describe(path, fields, outcome));
    return false;
  } catch (thrown) {
    if (ctx.signal.aborted) throw thrown;
    const error = toClientError(thrown);
    if (error.exitCode === EXIT.authentication) throw error;
    const failure = { code: error.code, message: error.message };
    ctx.out.item(
      { file: path, state: "failed", error: failure },
      `Failed: ${basename(path)}: ${error.message}`,
    );
    return error.exitCode === EXIT.unavailable || error.exitCode === EXIT.refused;
  }
}

type Memory = { has(path: string, mark: string): boolean; add(path: string, mark: string): Promise<void> };

async function openMemory(env: NodeJS.ProcessEnv, server: string, root: string): Promise<Memory> {
  const name = createHash("sha256")
    .update(JSON.stringify([server, root]))
    .digest("hex")
    .slice(0, 32);
  const file = join(stateFolder(env), "watched", `${name}.json`);
  const saved = z.record(z.string(), z.string()).safeParse(await readJson(file));
  const marks = new Map(Object.entries(saved.data ?? {}));
  return {
    has: (path, mark) => marks.get(path) === mark,
    async add(path, mark) {
      marks.set(path, mark);
      await writeJson(file, Object.fromEntries(marks));
    },
  };
}

async function markOf(path: string): Promise<string> {
  const { size, mtimeMs } = await stat(path);
  return `${size} ${mtimeMs}`;
}
