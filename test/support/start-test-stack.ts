import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { startStack } from "../../scripts/stack/stack.ts";
import type { Stack } from "../../scripts/stack/stack.ts";

/** Limits that no test meets by accident; tests of limits set their own. */
const UNLIMITED = "1000000";

/** A stack on a free port with its data in `folder`: no clock, cron by request, the Worker's log in `logFile`. */
export async function startTestStack(
  settings: Record<string, string>,
  folder: string,
  logFile: string,
): Promise<Stack> {
  const log = createWriteStream(logFile, { flags: "a" });
  return await startStack(
    {
      PORT: "0",
      DATA_DIR: join(folder, "data"),
      QUERIES_PER_MINUTE: UNLIMITED,
      UPLOADS_PER_HOUR: UNLIMITED,
      // Tests are a proxy in front: they say which client they are.
      TRUSTED_PROXY: "127.0.0.0/8",
      TRUSTED_PROXY_HEADER: "CF-Connecting-IP",
      ...settings,
    },
    { cron: false, onLog: (line) => void log.write(`${line}\n`) },
  );
}
