#!/usr/bin/env node
// What npx runs, with whatever Node there is; the command itself needs the project's own.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const OLDEST_NODE_FOR_TYPESCRIPT = 24;

const command = fileURLToPath(new URL("slipway.ts", import.meta.url));
const node = fileURLToPath(new URL("../../node_modules/.bin/node", import.meta.url));

if (!existsSync(node)) {
  const install = fileURLToPath(new URL("../install.mjs", import.meta.url));
  spawnSync(process.execPath, [install], { stdio: ["ignore", "ignore", "inherit"] });
}
if (!existsSync(node)) {
  process.stderr.write("slipway: its dependencies could not be installed.\n");
  process.exitCode = 1;
} else if (Number(process.versions.node.split(".")[0]) >= OLDEST_NODE_FOR_TYPESCRIPT) {
  await import("./slipway.ts");
} else {
  const { status } = spawnSync(node, [command, ...process.argv.slice(2)], { stdio: "inherit" });
  process.exitCode = status ?? 1;
}
