import { open } from "node:fs/promises";
import { parentPort, workerData } from "node:worker_threads";
import { hashFile } from "./hash.ts";
import type { LocalFile } from "./local-file.ts";

const { path, size } = workerData as LocalFile;

await using file = await open(path);
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
parentPort?.postMessage(await hashFile(file, size, { signal: new AbortController().signal }));
