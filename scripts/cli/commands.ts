import { Command, CommanderError } from "commander";
import manifest from "../../package.json" with { type: "json" };
import { EXIT, errorCode } from "../client/errors.ts";
import { closeConnections } from "../client/http.ts";
import { usage } from "./errors.ts";
import { printErrorJson } from "./output.ts";

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

/** In the order of the help. */
const COMMANDS: Record<string, () => Promise<(program: Command) => void>> = {
  login: async () => (await import("./login.ts")).addLogin,
  logout: async () => (await import("./logout.ts")).addLogout,
  whoami: async () => (await import("./whoami.ts")).addWhoami,
  publish: async () => (await import("./publish.ts")).addPublish,
  release: async () => (await import("./release.ts")).addRelease,
  rollout: async () => (await import("./rollout.ts")).addRollout,
  stats: async () => (await import("./stats.ts")).addStats,
  check: async () => (await import("./check.ts")).addCheck,
  download: async () => (await import("./download.ts")).addDownload,
  storage: async () => (await import("./storage.ts")).addStorage,
  packages: async () => (await import("./packages.ts")).addPackages,
  visibility: async () => (await import("./visibility.ts")).addVisibility,
  plugins: async () => (await import("./plugins.ts")).addPlugins,
  backup: async () => (await import("./backup.ts")).addBackup,
  doctor: async () => (await import("./doctor.ts")).addDoctor,
  keys: async () => (await import("./api-keys.ts")).addKeys,
  webhooks: async () => (await import("./webhooks.ts")).addWebhooks,
  completion: async () => (await import("./completion.ts")).addCompletion,
};

const program = new Command("slipway")
  .description("Publish software packages, check for updates, download what is new.")
  .version(manifest.version)
  .enablePositionalOptions()
  .showHelpAfterError("Run it with --help to see what it takes.")
  .addHelpText("after", HELP)
  .exitOverride();
// A program that reads the results may stop reading, as `head` does. Remarks are not written for programs.
process.stdout.on("error", (error) => endQuietly(error, () => process.exit()));
process.stderr.on("error", (error) => endQuietly(error, () => undefined));

for (const load of wanted(process.argv[2])) (await load())(program);

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  if (error.exitCode !== 0 && process.argv.includes("--json")) printErrorJson(usage(error.message));
}
closeConnections();

function endQuietly(error: Error, end: () => void): void {
  if (errorCode(error) !== "EPIPE") throw error;
  end();
}

/** Loads only the command that is named; loads all for the help, and for a name that does not exist. */
function wanted(name = "") {
  const named = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  // Completion is made from all commands.
  if (named && name !== "completion") return [named];
  return name === "--version" || name === "-V" ? [] : Object.values(COMMANDS);
}
