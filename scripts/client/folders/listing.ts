import { readFile, readdir, stat } from "node:fs/promises";
import { join, posix, resolve } from "node:path";
import { errorCode } from "../../client/errors.ts";

export type ListedFile = {
  /** Below the root, with slashes. */
  path: string;
  /** Bytes. */
  size: number;
};

/** What is in a folder, as far as publishing it needs to know. */
export type Listing = {
  /** The folder as it was named. */
  root: string;
  /** Its whole path: Rust's build folders have their target in it. */
  place: string;
  files: ListedFile[];
  /** Folders by their paths, those that are not looked into as well. */
  folders: string[];
  /** What small files say that build tools write for updaters, by path. */
  texts: ReadonlyMap<string, string>;
};

/** A build folder is flat: what lies deeper is what packages were made of. */
const DEEPEST = 4;
/** An appcast with its notes inside, or a list of hundreds of releases, stays below. Bytes. */
const LARGEST_TEXT = 2 * 1024 * 1024;
const TEXT = /(?:\.(?:ya?ml|json|xml|sig)|^RELEASES[\w-]*)$/i;
/** Unpacked apps and what programs keep for themselves: tens of thousands of files, none of them a package. */
const CLOSED = /(?:^\.|^node_modules$|-unpacked$|\.app$|\.AppDir$)/i;

/** Lists a folder, without hidden files and the insides of unpacked apps. @throws system errors */
export async function listFolder(root: string): Promise<Listing> {
  const found = { files: [] as ListedFile[], folders: [] as string[], texts: new Map<string, string>() };
  await walk(root, "", found);
  return { root, place: resolve(root), ...found };
}

/** Lists files that were named one by one, and what lies beside them under their names. @throws system errors */
export async function listFiles(root: string, paths: string[]): Promise<Listing> {
  const files = new Map<string, ListedFile>();
  const texts = new Map<string, string>();
  const add = async (path: string) => {
    const { size } = await stat(join(root, path));
    files.set(path, { path, size });
    if (TEXT.test(path) && size <= LARGEST_TEXT) texts.set(path, await readFile(join(root, path), "utf8"));
  };
  for (const path of paths) {
    await add(path);
    for (const end of [".sig", ".blockmap", ".zsync"]) await add(`${path}${end}`).catch(unlessMissing);
  }
  return { root, place: resolve(root), files: [...files.values()], folders: [], texts };
}

type Found = { files: ListedFile[]; folders: string[]; texts: Map<string, string> };

async function walk(root: string, folder: string, found: Found): Promise<void> {
  const entries = await readdir(join(root, folder), { withFileTypes: true });
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = posix.join(folder, entry.name);
    const info = await stat(join(root, path)).catch(unlessMissing);
    if (info?.isDirectory()) {
      found.folders.push(path);
      if (path.endsWith(".app")) await readText(root, `${path}/Contents/Info.plist`, found);
      if (!CLOSED.test(entry.name) && path.split("/").length < DEEPEST) await walk(root, path, found);
    } else if (info?.isFile() && !entry.name.startsWith(".")) {
      found.files.push({ path, size: info.size });
      if (TEXT.test(entry.name) && info.size <= LARGEST_TEXT) await readText(root, path, found);
    }
  }
}

async function readText(root: string, path: string, found: Found): Promise<void> {
  const text = await readFile(join(root, path), "utf8").catch(unlessMissing);
  if (text !== undefined) found.texts.set(path, text);
}

function unlessMissing(error: unknown): undefined {
  if (errorCode(error) !== "ENOENT") throw error;
}
