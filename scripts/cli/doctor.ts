import type { Command } from "commander";
import { z } from "zod";
import { checkApiKey } from "./api.ts";
import { createClient } from "../client/client.ts";
import type { Client } from "../client/client.ts";
import { PATIENCE_MS, settingsOf } from "./context.ts";
import type { Context } from "./context.ts";
import { checkCors } from "./doctor-cors.ts";
import { EXIT } from "../client/errors.ts";
import { toClientError } from "./errors.ts";
import type { ExitCode } from "../client/errors.ts";
import { fail, ok, warn } from "./finding.ts";
import type { Finding } from "./finding.ts";
import { readText } from "../client/http.ts";
import { isOpenHttp } from "./login.ts";
import { command } from "./run.ts";

// Signed URLs and tokens tolerate some minutes of difference. Half of that is worth a warning.
const CLOCK_WARN_SECONDS = 60;
const CLOCK_FAIL_SECONDS = 300;

const Health = z.looseObject({
  status: z.string(),
  version: z.string(),
  timestamp: z.string().optional(),
  checks: z.record(z.string(), z.unknown()).optional(),
  problems: z.array(z.object({ check: z.string(), severity: z.string(), message: z.string() })).default([]),
});
type Health = z.infer<typeof Health>;

/** What a server of any version says of itself. */
const NEEDED = ["database", "bucket"];

/** Adds `slipway doctor`. */
export function addDoctor(program: Command): void {
  command(program, "doctor", "find out why publishing or downloading does not work")
    .option("--no-cors", "leave out the CORS check, which creates an upload and aborts it")
    .option("--origin <origin>", "with the CORS check: origin of the web page that uploads")
    .action(doctor);
}

async function doctor(
  ctx: Context,
  _args: string[],
  flags: { cors: boolean; origin?: string },
): Promise<ExitCode> {
  const settings = await settingsOf(ctx);
  const findings: Finding[] = [];
  let exit: ExitCode = EXIT.ok;
  const add = (found: Finding[], code: ExitCode) => {
    findings.push(...found);
    if (exit === EXIT.ok && found.some(({ status }) => status === "fail")) exit = code;
  };
  const { url, apiKey, source } = settings;
  add([ok("settings", `${url} (from ${source.url})`)], EXIT.ok);
  if (isOpenHttp(url))
    add([warn("encryption", "the address is not https", "Use https, or keys travel in clear.")], EXIT.ok);
  const client = createClient({ url, apiKey, signal: ctx.signal, patienceMs: PATIENCE_MS.question });
  const reached = await checkServer(client);
  add(reached, EXIT.unavailable);
  if (reached[0]?.status !== "fail") {
    const key = apiKey === undefined ? noKey() : await checkKey(client, source.apiKey);
    add([key], EXIT.authentication);
    if (key.status === "ok" && flags.cors) add([await checkCors(ctx, client, flags.origin)], EXIT.refused);
  }
  const lines = findings.map(({ name, status, detail, advice }) => {
    const text = `${status.padEnd(4)}  ${name}: ${detail}`;
    return advice === undefined ? text : `${text}\n      ${advice}`;
  });
  ctx.out.result({ ok: exit === EXIT.ok, checks: findings }, lines);
  return exit;
}

/** Whether the server answers, its version, its own view of database and bucket, and the clocks. */
async function checkServer(client: Client): Promise<Finding[]> {
  const asked = Date.now();
  let text: string;
  let status: number;
  let date: string | undefined;
  try {
    const answer = await client.raw("GET", "/health", { query: { deep: 1 }, key: "never" });
    ({ status } = answer);
    ({ date } = answer.headers);
    text = await readText(answer);
  } catch (error) {
    const { message } = toClientError(error);
    return [fail("server", message, "Check the address, the network, and whether the server runs.")];
  }
  const health = Health.safeParse(tryJson(text));
  if (!health.success) {
    return [fail("server", `answers ${status}, but not like Slipway`, "Is this the right address?")];
  }
  const { version, checks = {} } = health.data;
  const findings = [ok("server", `answers, version ${version}, ${health.data.status}`)];
  for (const name of new Set([...NEEDED, ...Object.keys(checks)])) findings.push(part(name, health.data));
  findings.push(clock(date, health.data.timestamp, asked));
  return findings;
}

/** One of the server's own checks, with the server's advice. */
function part(check: string, { checks, problems }: Health): Finding {
  const state = checks?.[check];
  // The name "clock" stands for this machine's own clock here.
  const name = check === "clock" ? "server's clock" : check;
  if (state === undefined) return warn(name, "the server does not tell", "It may be an older version.");
  const problem = problems.find((one) => one.check === check);
  const detail = typeof state === "string" ? state : JSON.stringify(state);
  if (state === "ok" || (state === "unknown" && !problem)) return ok(name, detail);
  const advice = problem ? `${problem.message}.` : "Look into the server's log and settings.";
  return problem?.severity === "warning" ? warn(name, detail, advice) : fail(name, detail, advice);
}

/** Compares by the Date header or, where the runtime sends none, by the answer's own timestamp. */
function clock(date: string | undefined, timestamp: string | undefined, asked: number): Finding {
  // The header is cut to whole seconds, so half a second is added. Both times were written between question and answer.
  const server = date === undefined ? Date.parse(timestamp ?? "") : Date.parse(date) + 500;
  if (Number.isNaN(server)) return warn("clock", "the server does not say what time it is");
  const seconds = Math.round((server - (asked + Date.now()) / 2) / 1000);
  const detail = `the server's clock differs by ${Math.abs(seconds)} s`;
  if (Math.abs(seconds) >= CLOCK_FAIL_SECONDS) return fail("clock", detail, "Set both clocks by NTP.");
  return Math.abs(seconds) >= CLOCK_WARN_SECONDS
    ? warn("clock", detail, "Set both clocks by NTP.")
    : ok("clock", detail);
}

async function checkKey(client: Client, source: string): Promise<Finding> {
  const verdict = await checkApiKey(client).catch((error: unknown) => toClientError(error).message);
  if (verdict === "valid") return ok("API key", `valid (from ${source})`);
  if (verdict === "invalid")
    return fail("API key", `not known to the server (from ${source})`, "Run `slipway login`.");
  if (verdict === "no-scope")
    return warn("API key", "may not publish", "Ask for a key with the scope packages:write.");
  return warn("API key", `could not be checked: ${verdict}`);
}

function noKey(): Finding {
  return warn("API key", "none is set", "Checking and downloading work; to publish, run `slipway login`.");
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
