import { fileURLToPath } from "node:url";
import { runNode } from "./run-node.ts";

const DOWNLOAD_PROCESS = fileURLToPath(new URL("download-process.ts", import.meta.url));

/** Clients that begin at once, each on a connection of its own; redirects are followed. */
export type DownloadOptions = { url: string; clients: number };
/** `firstByteMs`: from the first request, redirects included. */
export type Downloaded = { bytes: number; firstByteMs: number; seconds: number };
/** `worstFirstByteMs`: of the client that waited longest. */
export type Downloads = { bytesPerSecond: number; worstFirstByteMs: number };

/** Lets clients in a process of their own download a file. Rejects unless each gets all of `size` bytes. */
export async function download(options: DownloadOptions, size: number): Promise<Downloads> {
  const { output } = await runNode([DOWNLOAD_PROCESS, JSON.stringify(options)]);
  const all = JSON.parse(output) as Downloaded[];
  const short = all.find(({ bytes }) => bytes !== size);
  if (short) throw new Error(`a client got ${short.bytes} bytes of ${size}`);
  return {
    bytesPerSecond: (size * all.length) / Math.max(...all.map(({ seconds }) => seconds)),
    worstFirstByteMs: Math.max(...all.map(({ firstByteMs }) => firstByteMs)),
  };
}
