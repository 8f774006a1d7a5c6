import { relative } from "node:path";
import { statSync } from "node:fs";
import { buildAction } from "./action.ts";
import { buildAgent } from "./agent.ts";
import { buildCommandLine } from "./command-line.ts";
import { buildServer } from "./server.ts";
import { makeTarball } from "./tarball.ts";

/** `npm run pack`: makes the tarballs of the packages in dist/packages, and the GitHub Action in dist/action. */
const commandLine = await buildCommandLine();
for (const folder of [commandLine, await buildServer(), await buildAgent()]) say(makeTarball(folder));
say(buildAction(commandLine));

function say(path: string): void {
  const size = statSync(path).isFile() ? `  ${Math.ceil(statSync(path).size / 1024)} KiB` : "";
  process.stdout.write(`${relative(process.cwd(), path)}${size}\n`);
}
