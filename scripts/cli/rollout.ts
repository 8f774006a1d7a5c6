import type { Command } from "commander";
import { rolloutStates } from "../../functions/kit/rollout.ts";
import { versionName } from "../../functions/kit/versions.ts";
import { ClientError, EXIT } from "../client/errors.ts";
import type { Client } from "../client/client.ts";
import { connect } from "./context.ts";
import type { Context } from "./context.ts";
import { usage } from "./errors.ts";
import { table } from "./output.ts";
import { DEFAULT_SOFTWARE } from "./releases-api.ts";
import { rolloutPlan, type PlanFlags } from "./rollout-plan.ts";
import { describeRollout, rolloutRow, ROLLOUT_HEADING } from "./rollout-report.ts";
import { actOnRollout, getRollout, listRollouts, startRollout } from "./rollouts-api.ts";
import type { Rollout, RolloutAction } from "./rollouts-api.ts";
import { command } from "./run.ts";

type Flags = { software?: string; channel?: string };
type ActionFlags = Flags & { reason?: string; step?: string };
type Subcommand = ReturnType<typeof command>;

/** What each action is for. */
const ACTIONS: readonly [RolloutAction, string][] = [
  ["raise", "give it to the next share of the devices now"],
  ["pause", "offer it to nobody further"],
  ["resume", "go on with a paused rollout, at its step"],
  ["complete", "give it to all devices now"],
  ["roll-back", "withdraw the version, and lead devices that have it back"],
];

/** Adds `slipway rollout start | status | list | raise | pause | resume | complete | roll-back`. */
export function addRollout(program: Command): void {
  const rollout = program
    .command("rollout")
    .description("give a version to a growing share of the devices, see how it does, stop it");
  const verb = (name: string, description: string) =>
    command(rollout, `${name} <version>`, description)
      .option("--software <slug>", `software title (default: ${DEFAULT_SOFTWARE})`)
      .option("--channel <name>", "release channel (default: the version's)");
  withPlan(verb("start", "begin the rollout of a published version"))
    .option("--steps <percents>", "the share of the devices at each step: 1,10,50,100 (required)")
    .action(start);
  verb("status", "show how far a rollout is, how its devices do, and what it does next").action(status);
  command(rollout, "list", "list rollouts, the newest first")
    .option("--software <slug>", "software title (default: all)")
    .option("--state <state>", rolloutStates.join(", "))
    .action(list);
  for (const [action, description] of ACTIONS) {
    const subcommand = verb(action, description).option("--reason <text>", "why, as others will read it");
    if (action === "raise") subcommand.option("--step <n>", "to this step, from 1 (default: the next one)");
    subcommand.action((ctx: Context, args: string[], flags: ActionFlags) => act(ctx, args, flags, action));
  }
}

/** Adds the flags of how a rollout proceeds. */
export function withPlan(subcommand: Subcommand): Subcommand {
  return subcommand
    .option("--every <time>", "how long each step lasts at least: 30m, 24h, 2d (default: 24h)")
    .option("--max-failure-rate <percent>", "of the devices that reported; above it stops (default: 2)")
    .option("--min-reports <n>", "fewer reports than these stop nothing (default: 50)")
    .option("--on-failure <what>", "pause, roll-back or notify (default: pause)");
}

async function start(
  ctx: Context,
  [version = ""]: string[],
  flags: Flags & PlanFlags & { steps?: string },
): Promise<undefined> {
  if (flags.steps === undefined)
    throw usage("Say to how many devices each step gives the version.", "For one: `--steps 1,10,50,100`.");
  const plan = rolloutPlan(flags.steps, flags);
  const { software = DEFAULT_SOFTWARE, channel } = flags;
  const rollout = await startRollout(await connect(ctx), { software, version, channel, ...plan });
  ctx.out.result(rollout, describeRollout(rollout));
}

async function status(ctx: Context, args: string[], flags: Flags): Promise<undefined> {
  const rollout = await find(await connect(ctx), args, flags);
  ctx.out.result(rollout, describeRollout(rollout));
}

async function list(ctx: Context, _args: string[], flags: Flags & { state?: string }): Promise<undefined> {
  const { software, state } = flags;
  const client = await connect(ctx);
  const found: Rollout[] = [];
  for await (const rollout of listRollouts(client, { software, state })) found.push(rollout);
  const lines = found.length === 0 ? ["No rollouts."] : table([ROLLOUT_HEADING, ...found.map(rolloutRow)]);
  ctx.out.result(found, lines);
}

async function act(
  ctx: Context,
  args: string[],
  flags: ActionFlags,
  action: RolloutAction,
): Promise<undefined> {
  const client = await connect(ctx);
  const step = flags.step === undefined ? undefined : stepOf(flags.step);
  const [named = ""] = args;
  const id = isId(named) ? named : (await find(client, args, flags)).id;
  const rollout = await actOnRollout(client, id, action, { reason: flags.reason, step });
  ctx.out.result(rollout, describeRollout(rollout));
}

/** Whether a rollout itself is named, not a version. */
const isId = (named: string) => named.startsWith("rol_");

/** The place of a step, from 0, that a person counts from 1. */
function stepOf(text: string): number {
  const step = Number(text);
  if (Number.isInteger(step) && step >= 1) return step - 1;
  throw usage(`"${text}" is no step.`, "Steps are counted from 1.");
}

/** The rollout of a version, or the one with this id. @throws ClientError where there is none, or one on several channels */
async function find(client: Client, [named = ""]: string[], flags: Flags): Promise<Rollout> {
  if (isId(named)) return await getRollout(client, named);
  const { software = DEFAULT_SOFTWARE, channel } = flags;
  const found: Rollout[] = [];
  for await (const rollout of listRollouts(client, { software }))
    if (
      versionName(rollout.version) === versionName(named) &&
      (channel === undefined || rollout.channel === channel)
    )
      found.push(rollout);
  const [first, ...others] = found;
  if (first === undefined)
    throw new ClientError(
      EXIT.notFound,
      "ROLLOUT_NOT_FOUND",
      `There is no rollout of ${software} ${named}${channel === undefined ? "" : ` on ${channel}`}.`,
      { hint: `\`slipway rollout list --software ${software}\` shows which there are.` },
    );
  if (others.length === 0) return first;
  const channels = found.map((one) => one.channel).join(", ");
  throw usage(`${software} ${named} has rollouts on ${channels}.`, "Pick one with --channel.");
}
