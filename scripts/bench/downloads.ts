import { fileURLToPath } from "node:url";
import { runNode } from "./run-node.ts";

const DOWNLOAD_PROCESS = fileURLToPath(new URL("download-process.ts", import.meta.url));

/** `clients` clients begin at the same time, each on a connection of its own, and follow redirects. */
export type DownloadOptions = { url: string; clients: number };
/** `firstByteMs`: from sending the first request to the first byte of the file, redirects included. */
export type Downloaded = { bytes: number; firstByteMs: number; seconds: number };
/** `worstFirstByteMs`: that of the client that waited longest for its first byte. */
export type Downloads = { bytesPerSecond: number; worstFirstByteMs: number };

/**
 * Downloads a file with several clients, which run in a process of their own. Rejects unless each gets all of `size` bytes.
 */
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
