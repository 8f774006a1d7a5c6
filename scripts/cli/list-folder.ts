import { readFile, readdir, stat } from "node:fs/promises";
import { join, posix, resolve } from "node:path";
import { errorCode } from "../client/errors.ts";
import { BESIDE, isListed, isOpen, isText, readOfFolder } from "../client/folders/listing.ts";
import type { ListedFile, Listing } from "../client/folders/listing.ts";

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
    if (isText({ path, size })) texts.set(path, await readFile(join(root, path), "utf8"));
  };
  for (const path of paths) {
    await add(path);
    for (const end of BESIDE) await add(`${path}${end}`).catch(unlessMissing);
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
      const inside = readOfFolder(path);
      if (inside !== undefined) await readText(root, inside, found);
      if (isOpen(path)) await walk(root, path, found);
    } else if (info?.isFile() && isListed(path)) {
      const file = { path, size: info.size };
      found.files.push(file);
      if (isText(file)) await readText(root, path, found);
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
