import { join } from "node:path";
import { BUCKET_PATH } from "../stack/front/paths.ts";
import { startStack } from "../stack/stack.ts";
import type { Stack } from "../stack/stack.ts";
import { keepTrackOf } from "./child-server.ts";

/**
 * What a measurement is given: an empty folder of its own, which is removed afterwards, and a function that reports
 * progress.
 */
export type Bench = { folder: string; say: (text: string) => void };

/** A stack as other processes see it. */
export type Target = { url: string; settings: Record<string, string> };

/** Limits that no measurement reaches. */
export const UNLIMITED = "1000000000";

/**
 * Starts a stack on a free port in this process, without cron, and throws its Worker's log away. It serves to count round
 * trips and to see what grows with the data. What users get is measured on the real stack, see real-stack.ts.
 */
export function startBenchStack(
  bench: Bench,
  name: string,
  settings: Record<string, string> = {},
): Promise<Stack> {
  const starting = startStack(
    {
      PORT: "0",
      DATA_DIR: join(bench.folder, name),
      QUERIES_PER_MINUTE: UNLIMITED,
      UPLOADS_PER_HOUR: UNLIMITED,
      ...settings,
    },
    { cron: false, onLog: () => {} },
  );
  // Even a stack that is still starting has started servers already.
  keepTrackOf({
    stop: () =>
      starting.then(
        (stack) => stack.stop(),
        () => undefined,
      ),
  });
  return starting;
}

/** A stack's variables, with the bucket's address replaced by the one at which other processes reach it. */
export function bucketOf(url: string, settings: Record<string, string>): Record<string, string> {
  return { ...settings, S3_ENDPOINT: url + BUCKET_PATH, S3_PUBLIC_ENDPOINT: url + BUCKET_PATH };
}

/** The settings with which another stack uses this one's database and bucket. */
export function sharedWith(stack: Stack): Record<string, string> {
  const settings = bucketOf(stack.url, stack.settings);
  const names = Object.keys(settings).filter(
    (name) => name.startsWith("S3_") || name.startsWith("LIBSQL_") || name === "API_KEY",
  );
  return Object.fromEntries(names.map((name) => [name, settings[name] ?? ""]));
}
