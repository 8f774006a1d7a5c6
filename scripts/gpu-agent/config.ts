import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { shapeFault } from "../client/shape-fault.ts";
import { updateSettings } from "./update/update-config.ts";

/** Why the agent cannot start, in one line for the operator. */
export class AgentError extends Error {
  override readonly name = "AgentError";
}

const command = z.strictObject({
  /** The program and its arguments; no shell is between. */
  run: z.array(z.string().min(1)).min(1),
  cwd: z.string().optional(),
  env: z.record(z.string(), z.string()).default({}),
  /** May only shorten the time that the server allows. */
  timeout_seconds: z.int().min(1).optional(),
});

const file = z.strictObject({
  server: z.url({ protocol: /^https?$/ }).optional(),
  token_file: z.string().optional(),
  name: z.string().min(1).max(100).optional(),
  work_dir: z.string().default(".slipway-agent"),
  max_concurrent_tasks: z.int().min(1).max(1000).default(1),
  /** Variables of the agent's own environment that commands get besides PATH, HOME, LANG and the like. */
  pass_env: z.array(z.string()).default([]),
  /** Set where the agent replaces itself by newer versions: its server then chooses the program that runs here. */
  auto_update: z
    .union([z.boolean(), updateSettings])
    .default(false)
    .transform((given) => (given === true ? updateSettings.parse({}) : given)),
  /** By task_type. */
  commands: z.record(z.string(), command).default({}),
});

export type Command = z.infer<typeof command>;
export type AgentConfig = z.infer<typeof file> & {
  server: string;
  token: string;
  /** Set where the server calls the agent; otherwise the agent asks the server. */
  listen: { port: number; host: string } | undefined;
};

/** @param command by which the agent is started */
export const usage = (
  command: string,
) => `${command} --server URL --token T [--config FILE] [--listen PORT] [--host ADDRESS] [--auto-update]
The token may also be in SLIPWAY_AGENT_TOKEN or in the file that token_file of the config names. Without --listen the agent asks the
server for work; with it the server calls the agent. FILE (default slipway-agent.json) names the command of each task type. With
--auto-update the agent replaces itself by the newest version of the software slipway-agent that its server offers.`;

const options = {
  server: { type: "string" },
  token: { type: "string" },
  config: { type: "string", default: "slipway-agent.json" },
  listen: { type: "string" },
  host: { type: "string", default: "0.0.0.0" },
  "auto-update": { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const;

/** Reads flags, environment and config file, in this order of precedence. @throws AgentError. */
export function readAgentConfig(args: string[], env: NodeJS.ProcessEnv): AgentConfig | "help" {
  const flags = parse(args);
  if (flags.help) return "help";
  const given = readFile(flags.config);
  const server = flags.server ?? env["SLIPWAY_URL"] ?? given.server;
  if (!server || !URL.canParse(server))
    throw new AgentError(
      "--server: name the address of the Slipway server, such as https://slipway.example.com",
    );
  const token = flags.token ?? env["SLIPWAY_AGENT_TOKEN"] ?? tokenIn(given.token_file);
  if (!token)
    throw new AgentError(
      "--token: give the agent's token, which was shown when the GPU server was registered",
    );
  const listen = flags.listen === undefined ? undefined : { port: portOf(flags.listen), host: flags.host };
  return {
    ...given,
    auto_update: given.auto_update || (flags["auto-update"] && updateSettings.parse({})),
    work_dir: resolve(given.work_dir),
    server: server.replace(/\/+$/, ""),
    token,
    listen,
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    throw new AgentError(error instanceof Error ? error.message : String(error));
  }
}

function readFile(path: string): z.infer<typeof file> {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    throw new AgentError(
      `--config: ${path} cannot be read; name a file that is there and that this user may read`,
    );
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new AgentError(`--config: ${path} is not JSON; correct it`);
  }
  const parsed = file.safeParse(json);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => shapeFault(issue, json));
  throw new AgentError(`--config: ${path}: ${faults.join("; ")}`);
}

function tokenIn(path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    throw new AgentError(
      `token_file: ${path} cannot be read; name a file that is there and that this user may read`,
    );
  }
}

function portOf(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new AgentError("--listen: use a port from 0 to 65535");
}
