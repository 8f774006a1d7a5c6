import { fileURLToPath } from "node:url";
import { checkWalls } from "./walls/check.ts";
import { readSources } from "./walls/read-sources.ts";
import { readTree } from "./walls/read-tree.ts";

const files = readTree(fileURLToPath(new URL("..", import.meta.url)));
const violations = checkWalls(readSources(files), files.keys());
for (const violation of violations) console.error(violation);
if (violations.length > 0) process.exitCode = 1;
