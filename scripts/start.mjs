// In JavaScript, so that what follows is loaded from the compile cache: without it, the code that takes types out of
// TypeScript stays in the memory of every process that runs as long as the stack does.
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
  // Standard input ends at once, and with it the bucket that is loaded here.
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
