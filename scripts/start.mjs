// In JavaScript, so that all further code is loaded from the compile cache. Otherwise the compiler that removes types from
// TypeScript would stay in the memory of every process of the stack for as long as it runs.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { enableCompileCache } from "node:module";
import { fileURLToPath } from "node:url";

const cache = fileURLToPath(new URL("../dist/compile-cache", import.meta.url));
const parts = ["./stack/run-stack.ts", "./bucket/bucket-process.ts"].map(
  (part) => new URL(part, import.meta.url).href,
);

process.env.NODE_COMPILE_CACHE ||= cache;
if (!existsSync(process.env.NODE_COMPILE_CACHE)) {
  // The child's standard input is at its end from the start, so the bucket that it loads ends at once.
  spawnSync(
    process.execPath,
    ["--input-type=module", "-e", parts.map((part) => `import "${part}";`).join("")],
    {
      stdio: "ignore",
    },
  );
}
enableCompileCache(process.env.NODE_COMPILE_CACHE);
const { runStack } = await import("./stack/run-stack.ts");
await runStack();
