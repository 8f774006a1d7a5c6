import type { Command } from "commander";
import { createHash } from "node:crypto";
import { open, rm, stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { PluginFault } from "../../functions/plugins/package/faults.ts";
import { readPluginPackage } from "../../functions/plugins/package/read-package.ts";
import type { PluginManifest } from "../../functions/plugins/package/read-package.ts";
import { readResult } from "../client/ask.ts";
import type { Client } from "../client/client.ts";
import { connect } from "./context.ts";
import type { Context } from "./context.ts";
import { ClientError, EXIT } from "../client/errors.ts";
import { usage } from "./errors.ts";
import { stateFolder } from "./files.ts";
import { hashFile } from "../client/hash.ts";
import type { UploadOutcome } from "./finish-upload.ts";
import { jobCount } from "./jobs.ts";
import { keyOf } from "./keys.ts";
import { humanSize } from "./output.ts";
import { Plugin, publishedHash } from "./plugins-api.ts";
import { command } from "./run.ts";
import { uploadFile } from "./upload-file.ts";
import type { UploadInput } from "./begin-upload.ts";
import { zipFolder } from "./zip-folder.ts";

type Flags = { key?: string; uploadSecret?: string; include: string[]; jobs: number; wait: boolean };

const PLUGIN_KEY = { flag: "--key", variable: "SLIPWAY_PLUGIN_KEY", what: "plugin key" };

/** Adds `slipway plugins publish`. */
export function addPluginsPublish(plugins: Command): void {
  command(plugins, "publish <folder-or-zip>", "publish a version of a plugin")
    .option("--key <key>", "plugin key, instead of SLIPWAY_PLUGIN_KEY (others on this machine may see it)")
    .option(
      "--upload-secret <secret>",
      "where the server asks for one, instead of SLIPWAY_PLUGIN_UPLOAD_SECRET",
    )
    .list("--include <name>", "with a folder: pack this name too; may be given several times")
    .option("--no-wait", "return once all bytes are sent, before the server has verified them")
    .option("--jobs <n>", "parts sent at the same time", jobCount, 4)
    .addHelpText("after", HELP)
    .action(publish);
}

const HELP = `
A folder is packed without node_modules and names that begin with a dot, unless --include names them; equal files give
equal archives. The manifest, plugin.json, is checked before anything is sent. The first publish of a plugin binds it to
the key. The same command run again resumes an interrupted publish.`;

async function publish(ctx: Context, [given]: string[], flags: Flags): Promise<undefined> {
  if (given === undefined) throw usage("Name the folder or the archive of the plugin.");
  const plugin_key = keyOf(flags.key, ctx.env, PLUGIN_KEY);
  const upload_secret = (flags.uploadSecret ?? ctx.env["SLIPWAY_PLUGIN_UPLOAD_SECRET"]) || undefined;
  const client = await connect(ctx);
  ctx.interruptHint = "Run the same command again to resume.";
  const isFolder = (await stat(given)).isDirectory();
  const file = isFolder ? packedPath(ctx, given) : given;
  try {
    if (isFolder) {
      const files = await zipFolder(given, file, { include: flags.include, signal: ctx.signal });
      ctx.out.note(`Packed ${files} ${files === 1 ? "file" : "files"}.`);
    }
    const { name, version } = await readManifest(file);
    const outcome = await uploadUnlessThere(ctx, client, {
      file,
      filename: isFolder ? `${name}@${version}.zip` : basename(file),
      kind: "plugin",
      credential: "never",
      fields: { plugin_key, upload_secret, name, version },
      name,
      version,
      again: "same",
      jobs: flags.jobs,
      wait: flags.wait,
    });
    if (outcome === undefined) {
      ctx.out.result({ state: "ready", resumed: false, already: true, name, version }, [
        `${name} ${version} is published already, with these bytes.`,
      ]);
      return;
    }
    const { state, resumed } = outcome;
    const said = { state, resumed, name, version };
    if (outcome.state !== "ready") {
      const { upload_id } = outcome;
      ctx.out.result({ ...said, upload_id }, [
        `Sent ${name} ${version}; the server is verifying it (${upload_id}).`,
      ]);
      return;
    }
    const size = (await stat(file)).size;
    const plugin = readResult(Plugin, outcome.result);
    ctx.out.result({ ...said, size, plugin }, [`Published ${name} ${version}, ${humanSize(size)}.`]);
  } finally {
    if (isFolder) await rm(file, { force: true });
  }
}

/** @returns undefined where the version is published already, with the same bytes. */
async function uploadUnlessThere(
  ctx: Context,
  client: Client,
  { name, version, ...input }: UploadInput & { name: string; version: string },
): Promise<UploadOutcome | undefined> {
  try {
    return await uploadFile(ctx, client, input);
  } catch (error) {
    if (!(error instanceof ClientError) || error.code !== "PLUGIN_VERSION_EXISTS") throw error;
    const [there, ours] = await Promise.all([
      publishedHash(client, name, version),
      sha256Of(ctx, input.file),
    ]);
    if (there !== ours) throw error;
    return undefined;
  }
}

async function sha256Of(ctx: Context, path: string): Promise<string> {
  const file = await open(path);
  try {
    return await hashFile(file, (await file.stat()).size, { signal: ctx.signal });
  } finally {
    await file.close();
  }
}

/**
 * Where the archive of a folder is kept while it is sent. The place is the same in every run, so that an interrupted one can
 * be resumed.
 */
function packedPath(ctx: Context, folder: string): string {
  const name = createHash("sha256").update(resolve(folder)).digest("hex").slice(0, 32);
  return join(stateFolder(ctx.env), "packed", `${name}.zip`);
}

/** Reads the archive as the server will. @throws ClientError INVALID_PLUGIN with the server's texts. */
async function readManifest(path: string): Promise<PluginManifest> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    if (size === 0) throw usage(`${path} is empty.`);
    return await readPluginPackage({
      size,
      async read(start, end) {
        const bytes = Buffer.alloc(end - start + 1);
        const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
        return bytes.subarray(0, bytesRead);
      },
    });
  } catch (error) {
    if (!(error instanceof PluginFault)) throw error;
    throw new ClientError(EXIT.refused, "INVALID_PLUGIN", `Not a valid plugin package: ${error.message}`, {
      hint: "Nothing was sent.",
    });
  } finally {
    await file.close();
  }
}
