import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { watch } from "chokidar";
import { reason } from "./stack/errors.ts";
import { runStack } from "./stack/run-stack.ts";
import type { Stack } from "./stack/stack.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
/**
 * The build waits this long for further changes, because editors write a file in several steps and switching branches
 * changes many files.
 */
const SETTLE_MS = 150;

await runStack((stack, say) => {
  const watcher = reloadOnChange(stack, say);
  return () => watcher.close();
});

function reloadOnChange(stack: Stack, say: (line: string) => void) {
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let reloading = false;

  async function reload(): Promise<void> {
    if (reloading || changed.size === 0) return;
    reloading = true;
    const files = [...changed].map((path) => relative(ROOT, path));
    changed.clear();
    const started = Date.now();
    say(`Changed: ${files.slice(0, 3).join(", ")}${files.length > 3 ? " ..." : ""}`);
    try {
      await stack.reload();
      say(`Reloaded in ${((Date.now() - started) / 1000).toFixed(1)} s`);
    } catch (error) {
      say(`${reason(error)}\nThe Worker as it was keeps running.`);
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
