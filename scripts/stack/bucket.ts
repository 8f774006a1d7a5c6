import { once } from "node:events";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import type { BucketOptions } from "../bucket/options.ts";
import type { DataDir } from "./data-dir.ts";
import { StackError } from "./errors.ts";
import { BUCKET_HOST, BUCKET_PATH } from "./front/paths.ts";
import { places } from "./places.ts";
import type { Secrets } from "./secrets.ts";
import { BUCKET } from "./settings.ts";
import { supervise, type ServerOptions } from "./supervise.ts";

const START_MS = 60_000;
const STOP_MS = 8000;

export type EmbeddedBucket = { socket: string; objects: string; stop: () => Promise<void> };

/**
 * Starts the S3 server over the data folder on a unix socket, started again should it die.
 * @throws StackError when it does not listen.
 */
export async function startBucket(
  dir: DataDir,
  secrets: Secrets,
  stack: Pick<ServerOptions, "notice" | "gaveUp">,
): Promise<EmbeddedBucket> {
  const settings: BucketOptions = {
    folder: dir.bucket,
    bucket: BUCKET,
    region: "auto",
    accessKeyId: secrets.bucketAccessKeyId,
    secretAccessKey: secrets.bucketSecretAccessKey,
    listen: { socket: dir.bucketSocket },
    basePath: BUCKET_PATH,
    signedHosts: [BUCKET_HOST],
    handsOverFiles: true,
  };
  let complaint = "";
  const server = supervise({
    name: "bucket",
    // A heap this small would be collected in full for every ten MiB of bodies that pass, none of which are in it.
    command: [process.execPath, "--max-semi-space-size=4", "--initial-heap-size=64", places.bucket],
    // Its threads allocate the buffers of bodies: from few arenas, or each keeps what it once had.
    env: {
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      MALLOC_ARENA_MAX: "2",
    },
    stdio: () => ({ streams: ["pipe", "ignore", "pipe", "pipe"] }),
    pidFile: dir.bucketPid,
    started(child) {
      (child.stdin as Writable).on("error", () => {}).write(`${JSON.stringify(settings)}\n`);
      (child.stderr as Readable).setEncoding("utf8").on("data", (text: string) => {
        complaint = text.trim();
        stack.notice(complaint);
      });
    },
    notice: stack.notice,
    gaveUp: stack.gaveUp,
    stopMs: STOP_MS,
  });
  const ready = once(server.child.stdio[3] as Readable, "data").then(() => true);
  const ended = once(server.child, "exit").then(() => false);
  const late = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), START_MS).unref());
  if (!(await Promise.race([ready, ended, late]))) {
    await server.stop();
    throw new StackError(`The bucket does not start: ${complaint || "no answer"}`);
  }
  server.up();
  return { socket: dir.bucketSocket, objects: join(dir.bucket, "objects"), stop: server.stop };
}
