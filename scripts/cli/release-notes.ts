import { readFile, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { versionName } from "../../functions/kit/versions.ts";
import { errorCode } from "../client/errors.ts";
import { usage } from "./errors.ts";

/** The flags that say which release notes a version has. */
export type NotesFlags = { notes?: string; notesFile?: string; changelog?: string | true };

/** What takes a version to its notes; undefined where it has none. */
export type NotesOf = (version: string) => string | undefined;

/**
 * Reads the release notes that flags name.
 * @param folder where a changelog without a name is looked for, then above, up to the root of the repository
 * @throws ClientError (usage) for flags that exclude each other, and for a changelog that is not there
 */
export async function readNotes(flags: NotesFlags, folder: string): Promise<NotesOf> {
  const { notes, notesFile, changelog } = flags;
  const given = [notes, notesFile, changelog].filter((flag) => flag !== undefined);
  if (given.length > 1)
    throw usage("Pass the release notes by one of --notes, --notes-file and --changelog.");
  if (notesFile !== undefined) {
    const text = await readFile(notesFile, "utf8");
    return () => text;
  }
  if (changelog === undefined) return () => notes;
  const path = changelog === true ? await findChangelog(folder) : changelog;
  if (path === undefined)
    throw usage(
      `There is no CHANGELOG.md in ${folder} or above it.`,
      "Name the file: --changelog=docs/CHANGES.md",
    );
  if ((await stat(path)).isDirectory())
    throw usage(
      `--changelog takes a file, and ${path} is a folder.`,
      "Write it behind the folder that is published, or name the file: --changelog=CHANGELOG.md",
    );
  const text = await readFile(path, "utf8");
  return (version) => {
    const section = sectionOf(text, version);
    if (section !== undefined) return section;
    throw usage(
      `${path} has no section on ${version}.`,
      `Write one, under a heading like "## [${version}]".`,
    );
  };
}

/** A changelog that has a section on the version, for whoever did not name one. */
export async function offeredChangelog(folder: string, version: string): Promise<string | undefined> {
  const path = await findChangelog(folder);
  if (path === undefined) return undefined;
  return sectionOf(await readFile(path, "utf8"), version) === undefined ? undefined : path;
}

/** CHANGELOG.md in a folder, or in the nearest one above it up to the root of its repository. */
async function findChangelog(folder: string): Promise<string | undefined> {
  for (let at = resolve(folder); ; at = dirname(at)) {
    const path = join(at, "CHANGELOG.md");
    if (await isThere(path)) return path;
    if ((await isThere(join(at, ".git"))) || dirname(at) === at) return undefined;
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (errorCode(error) === "ENOENT") return false;
    throw error;
  }
}

/**
 * What a changelog says of a version, by headings of Keep a Changelog: `## [1.2.0] - 2026-11-29`, `## 1.2.0`, `## v1.2.0`.
 * @returns undefined where it has no such heading, or nothing below it
 */
export function sectionOf(changelog: string, version: string): string | undefined {
  const lines = changelog.split(/\r?\n/);
  const wanted = versionName(version);
  const start = lines.findIndex((line) => {
    const named = /^## +\[?v?(?<version>\d[^\s\])]*)/i.exec(line)?.groups?.["version"];
    return named !== undefined && versionName(named) === wanted;
  });
  if (start < 0) return undefined;
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => /^#{1,2} /.test(line));
  const section = end < 0 ? rest : rest.slice(0, end);
  // The addresses of headings stand at the end of the file.
  const text = section.filter((line) => !/^\[v?\d[^\]]*\]: /.test(line)).join("\n");
  return text.trim() || undefined;
}
