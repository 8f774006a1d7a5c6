import { stat } from "node:fs/promises";
import { ClientError, EXIT } from "./errors.ts";

/** A file, with its state when it was first looked at. */
export type LocalFile = {
  path: string;
  /** Bytes. */
  size: number;
  /** Differs as soon as anybody has written to the file or put another one in its place. */
  mark: string;
  /** In hex; absent until the file is hashed. */
  sha256?: string;
};

/** Looks at a file; undefined where the path names something else. @throws system errors */
export async function lookAt(path: string): Promise<LocalFile | undefined> {
  const info = await stat(path);
  return info.isFile() ? { path, size: info.size, mark: markOf(info) } : undefined;
}

/** @throws ClientError FILE_CHANGED where a file has changed since it was looked at. */
export async function requireUnchanged({ path, mark }: LocalFile): Promise<void> {
  if (markOf(await stat(path)) === mark) return;
  throw new ClientError(EXIT.verification, "FILE_CHANGED", `${path} changed while it was uploaded.`, {
    hint: "Run the command again when nothing writes to the file.",
  });
}

const markOf = ({ size, mtimeMs, ino }: { size: number; mtimeMs: number; ino: number }) =>
  `${size} ${mtimeMs} ${ino}`;
