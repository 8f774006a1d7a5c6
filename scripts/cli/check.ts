import type { Command } from "commander";
import { checkVersion } from "./api.ts";
import type { UpdatePlan } from "./api.ts";
import { connect } from "./context.ts";
import type { Context } from "./context.ts";
import { EXIT } from "../client/errors.ts";
import { usage } from "./errors.ts";
import type { ExitCode } from "../client/errors.ts";
import { humanSize } from "./output.ts";
import { ownMachine } from "../client/own-machine.ts";
import { command } from "./run.ts";

type Flags = {
  current?: string;
  platform?: string;
  arch?: string;
  software?: string;
  channel?: string;
  exitCode?: boolean;
};

/** Adds `slipway check`. */
export function addCheck(program: Command): void {
  command(program, "check", "ask whether there is something newer than a version")
    .option("--current <version>", "the version at hand (required)")
    .option("--platform <platform>", "windows, linux or macos (default: this machine's)")
    .option("--arch <arch>", "x64, x86 or arm64 (default: this machine's)")
    .option("--software <slug>", "software title")
    .option("--channel <name>", "release channel")
    .option("--exit-code", "exit with 10 when there is an update")
    .action(check);
}

async function check(ctx: Context, _args: string[], flags: Flags): Promise<ExitCode> {
  const { current: current_version, platform, arch, software, channel } = { ...ownMachine, ...flags };
  if (current_version === undefined) throw usage("Say which version you have.", "Pass --current VERSION.");
  const client = await connect(ctx);
  const question = { current_version, platform, arch, software, channel, plans: "true" };
  const answer = await checkVersion(client, question);
  const lines = [`${current_version} is up to date (newest: ${answer.latest_version}).`];
  if (answer.has_update) {
    const { description, is_critical, update_options = [], plans } = answer.update_info ?? {};
    lines[0] = `Update: ${current_version} to ${answer.latest_version}${is_critical === true ? " (critical)" : ""}`;
    if (description) lines.push(description);
    for (const option of update_options) {
      const size = humanSize(option.file_size).padStart(10);
      lines.push(
        `  ${option.recommended ? "*" : " "} ${option.type.padEnd(6)} ${size}  ${option.download_url}`,
      );
    }
    lines.push(...planLines(plans?.[0]));
  }
  ctx.out.result(answer, lines);
  return answer.has_update && flags.exitCode === true ? EXIT.updateAvailable : EXIT.ok;
}

/** A plan of several packages; one of a single package stands among the options. */
function planLines(plan: UpdatePlan | undefined): string[] {
  if (plan === undefined || plan.steps.length < 2) return [];
  const steps = plan.steps.map(({ type, file_size, to_version, download_url }, index) => {
    const size = humanSize(file_size).padStart(10);
    return `${String(index + 1).padStart(3)} ${type.padEnd(6)} ${size}  to ${to_version}  ${download_url}`;
  });
  return [`Cheapest: ${steps.length} packages, one after another, ${humanSize(plan.bytes)} in all`, ...steps];
}
