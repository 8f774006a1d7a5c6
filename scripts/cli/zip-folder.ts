import { createWriteStream } from "node:fs";
import { mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { ZipFile } from "yazl";
import { usage } from "./errors.ts";

type Packed = { path: string; name: string; mode: number };

const PLAIN_MODE = 0o100644;
const PROGRAM_MODE = 0o100755;
/** Names that are left out unless they are named: what a checkout contains beside the plugin. */
const LEFT_OUT = /^(\..*|node_modules)$/;

/**
 * Packs a folder so that equal files give equal bytes: sorted, with fixed times, deflated. Leaves out `node_modules` and
 * whatever begins with a dot, but for the names in `include`.
 * @param target the archive to write, whole or not at all
 * @returns the number of files in it
 * @throws ClientError (usage) for an empty folder, a symbolic link or what is no file
 */
export async function zipFolder(
  folder: string,
  target: string,
  options: { include: readonly string[]; signal: AbortSignal },
): Promise<number> {
  const files = await collect(folder, "", new Set(options.include));
  if (files.length === 0) throw usage(`${folder} has no files to pack.`);
  const zip = new ZipFile();
  // In local time, like the dates of an archive, so that the bytes are the same in every time zone.
  const mtime = new Date(2000, 0, 1);
  for (const { path, name, mode } of files.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    zip.addFile(path, name, { mtime, forceDosTimestamp: true, mode, compress: true });
  }
  zip.end();
  const draft = `${target}.${process.pid}.tmp`;
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  try {
    const output = createWriteStream(draft, { mode: 0o600 });
    zip.on("error", (error: Error) => output.destroy(error));
    await pipeline(zip.outputStream, output, { signal: options.signal });
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  return files.length;
}

async function collect(folder: string, prefix: string, include: ReadonlySet<string>): Promise<Packed[]> {
  const found: Packed[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const [path, name] = [join(folder, entry.name), `${prefix}${entry.name}`];
    if (LEFT_OUT.test(entry.name) && !include.has(entry.name) && !include.has(name)) continue;
    if (entry.isSymbolicLink()) {
      throw usage(`${path} is a symbolic link.`, "Put the file itself there, or leave it out.");
    }
    if (entry.isDirectory()) found.push(...(await collect(path, `${name}/`, include)));
    else if (entry.isFile()) found.push({ path, name, mode: await modeOf(path) });
    else throw usage(`${path} is neither a file nor a folder.`);
  }
  return found;
}

async function modeOf(path: string): Promise<number> {
  const { mode } = await stat(path);
  return (mode & 0o111) === 0 ? PLAIN_MODE : PROGRAM_MODE;
}
