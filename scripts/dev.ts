import { fileURLToPath } from "node:url";
import { watch } from "chokidar";
import { relative } from "node:path";
import { StackError, reason } from "./stack/errors.ts";
import { onStopSignal } from "./stack/signals.ts";
import { startStack } from "./stack/stack.ts";
import type { Stack } from "./stack/stack.ts";
import { startMessage } from "./stack/start-message.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
/** Editors write a file in several steps, and branches change many at once. */
const SETTLE_MS = 150;

const stopRequested = onStopSignal();
try {
  const stack = await startStack(process.env);
  process.stdout.write(startMessage(stack, process.env, relative(process.cwd(), stack.secretsFile)));
  const watcher = reloadOnChange(stack);
  await stopRequested;
  await watcher.close();
  await stack.stop();
  process.exit(0);
} catch (error) {
  process.stderr.write(
    `${error instanceof StackError ? error.message : `Slipway failed: ${reason(error)}`}\n`,
  );
  process.exit(1);
}

function reloadOnChange(stack: Stack) {
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let reloading = false;

  async function reload(): Promise<void> {
    if (reloading || changed.size === 0) return;
    reloading = true;
    const files = [...changed].map((path) => relative(ROOT, path));
    changed.clear();
    const started = Date.now();
    process.stdout.write(`Changed: ${files.slice(0, 3).join(", ")}${files.length > 3 ? " ..." : ""}\n`);
    try {
      await stack.reload();
      process.stdout.write(`Reloaded in ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
    } catch (error) {
      process.stdout.write(`${reason(error)}\nThe Worker as it was keeps running.\n`);
    }
    reloading = false;
    await reload();
  }

  const folders = ["functions", "schema", "wrangler.toml"].map((name) => `${ROOT}${name}`);
  return watch(folders, { ignoreInitial: true }).on("all", (_event, path) => {
    changed.add(path);
    clearTimeout(timer);
    timer = setTimeout(() => void reload(), SETTLE_MS);
  });
}
