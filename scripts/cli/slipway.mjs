#!/usr/bin/env node
// What npx runs, by whichever Node there is. The command itself needs the project's own Node.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** From here on, Node reads TypeScript and connects through the proxies of the environment. */
const OLDEST_NODE = { major: 24, minor: 5 };

const command = fileURLToPath(new URL("slipway.ts", import.meta.url));
const node = fileURLToPath(new URL("../../node_modules/.bin/node", import.meta.url));

if (!existsSync(node)) {
  const install = fileURLToPath(new URL("../install.mjs", import.meta.url));
  spawnSync(process.execPath, [install], { stdio: ["ignore", "ignore", "inherit"] });
}
if (!existsSync(node)) {
  process.stderr.write("slipway: what it needs could not be installed; see the lines above.\n");
  process.exitCode = 1;
} else if (isNewEnough()) {
  await import("./slipway.ts");
} else {
  const { status } = spawnSync(node, [command, ...process.argv.slice(2)], { stdio: "inherit" });
  process.exitCode = status ?? 1;
}

function isNewEnough() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  return major > OLDEST_NODE.major || (major === OLDEST_NODE.major && minor >= OLDEST_NODE.minor);
}
