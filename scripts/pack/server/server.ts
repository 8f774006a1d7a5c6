import { parseArgs } from "node:util";
import manifest from "../../../package.json" with { type: "json" };
import { endWithNpx } from "./end-with-npx.ts";
import { reason } from "../../stack/errors.ts";

const HELP = `slipway-server serve [--port 8000] [--host 127.0.0.1] [--data-dir .slipway]
    runs database, bucket, Worker and cron on one address until Ctrl-C; the data stay in the folder
slipway-server migrate
    brings the database of LIBSQL_URL (and LIBSQL_AUTH_TOKEN) up to date, for a server that is deployed elsewhere

All other settings are variables of the environment, PORT, HOST and DATA_DIR among them; a flag goes before its variable.
`;

/** Flag -> the variable that it stands for. */
const FLAGS = { port: "PORT", host: "HOST", "data-dir": "DATA_DIR" } as const;

const COMMANDS: Record<string, () => Promise<unknown>> = {
  async serve() {
    endWithNpx();
    await (await import("../../stack/run-stack.ts")).runStack();
  },
  migrate: () => import("../../migrate.ts"),
};

const { values, command } = read();
if (values.version) process.stdout.write(`${manifest.version}\n`);
else if (values.help || command === "help") process.stdout.write(HELP);
else if (command === undefined || !Object.hasOwn(COMMANDS, command)) {
  refuse(command === undefined ? "Name a command." : `There is no command "${command}".`);
} else {
  for (const [flag, variable] of Object.entries(FLAGS)) {
    const value = values[flag as keyof typeof FLAGS];
    if (value !== undefined) process.env[variable] = value;
  }
  await COMMANDS[command]?.();
}

function read() {
  const text = { type: "string" } as const;
  const options = {
    port: text,
    host: text,
    "data-dir": text,
    help: { type: "boolean", short: "h" },
    version: { type: "boolean", short: "V" },
  } as const;
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    if (positionals.length > 1) return refuse(`"${positionals[1]}" is one argument too many.`);
    return { values, command: positionals[0] };
  } catch (error) {
    return refuse(reason(error));
  }
}

function refuse(problem: string): never {
  process.stderr.write(`${problem}\n\n${HELP}`);
  process.exit(2);
}
