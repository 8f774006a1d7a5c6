#!/usr/bin/env node
import { Command, CommanderError } from "commander";
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { addBackup } from "./backup.ts";
import { addCheck } from "./check.ts";
import { addDoctor } from "./doctor.ts";
import { addDownload } from "./download.ts";
import { EXIT, usage } from "./errors.ts";
import { closeConnections } from "./http.ts";
import { addLogin } from "./login.ts";
import { printErrorJson } from "./output.ts";
import { addPackages } from "./packages.ts";
import { addPlugins } from "./plugins.ts";
import { addPublish } from "./publish.ts";
import { addStorage } from "./storage.ts";

const HELP = `
Settings: flags, then SLIPWAY_URL and SLIPWAY_API_KEY, then the file that \`slipway login\` writes.
Plugins are published with SLIPWAY_PLUGIN_KEY, backups kept under SLIPWAY_USER_KEY.

Exit codes:
   0  done                        5  exists already, or no versions fit
   1  unexpected failure          6  verification failed
   2  wrong usage                 7  server, bucket or network unavailable
   3  no or wrong key             8  refused (input, quota, rate limit)
   4  not found                  10  check --exit-code: there is an update
 130  interrupted`;

const manifest = await readFile(new URL("../../package.json", import.meta.url), "utf8");
const { version } = z.object({ version: z.string() }).parse(JSON.parse(manifest));

const program = new Command("slipway")
  .description("Publish software packages, check for updates, download what is new.")
  .version(version)
  .enablePositionalOptions()
  .showHelpAfterError("Run it with --help to see what it takes.")
  .addHelpText("after", HELP)
  .exitOverride();
const commands = [
  addLogin,
  addPublish,
  addCheck,
  addDownload,
  addStorage,
  addPackages,
  addPlugins,
  addBackup,
];
for (const add of [...commands, addDoctor]) add(program);

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  if (error.exitCode !== 0 && process.argv.includes("--json")) printErrorJson(usage(error.message));
}
closeConnections();
