import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startStack } from "../stack/stack.ts";
import type { Stack } from "../stack/stack.ts";

/** What a figure needs: an empty folder of its own, which is removed behind it, and a place to say what is going on. */
export type Bench = { folder: string; say: (text: string) => void };

/** Limits that no measurement meets. */
const UNLIMITED = "1000000000";

const CONSTANT_WORKER = `export default {
  fetch: () => new Response('{"has_update":false}', { headers: { "content-type": "application/json" } }),
};
`;

/** A stack on a free port, without a clock, its Worker's log thrown away. */
export function startBenchStack(
  bench: Bench,
  name: string,
  settings: Record<string, string> = {},
): Promise<Stack> {
  return startStack(
    {
      PORT: "0",
      DATA_DIR: join(bench.folder, name),
      QUERIES_PER_MINUTE: UNLIMITED,
      UPLOADS_PER_HOUR: UNLIMITED,
      ...settings,
    },
    { cron: false, onLog: () => {} },
  );
}

/** The yardstick: the same stack around a Worker that answers a constant. */
export async function startConstantStack(bench: Bench): Promise<Stack> {
  const bundle = await writeConstantBundle(bench);
  return startStack({ PORT: "0", DATA_DIR: join(bench.folder, "constant") }, { cron: false, bundle });
}

/** Writes the constant Worker and returns its folder. */
export async function writeConstantBundle(bench: Bench): Promise<string> {
  const bundle = join(bench.folder, "constant-worker");
  await mkdir(bundle, { recursive: true });
  await writeFile(join(bundle, "index.js"), CONSTANT_WORKER);
  return bundle;
}

/** The settings with which another stack uses this one's database and bucket. */
export function sharedWith(stack: Stack): Record<string, string> {
  const names = Object.keys(stack.settings).filter(
    (name) => name.startsWith("S3_") || name.startsWith("LIBSQL_") || name === "API_KEY",
  );
  return Object.fromEntries(names.map((name) => [name, stack.settings[name] ?? ""]));
}
