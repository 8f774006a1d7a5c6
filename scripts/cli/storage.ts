import type { Command } from "commander";
import { cleanStorage, storageStats } from "./api.ts";
import { connect } from "./context.ts";
import type { Context } from "./context.ts";
import { humanSize } from "./output.ts";
import { command } from "./run.ts";

// A cleanup may delete many packages before it answers.
const CLEANUP_PATIENCE_MS = 10_000;

/** Adds `slipway storage`. */
export function addStorage(program: Command): void {
  command(program, "storage", "show how full the storage is")
    .option(
      "--cleanup",
      "delete old packages beyond what KEEP_FULL, KEEP_PATCH and KEEP_HOTFIX of the server keep",
    )
    .action(storage);
}

async function storage(ctx: Context, _args: string[], flags: { cleanup?: boolean }): Promise<undefined> {
  const client = await connect(ctx, CLEANUP_PATIENCE_MS);
  if (flags.cleanup === true) {
    const done = await cleanStorage(client);
    ctx.out.result(done, [
      `Deleted ${done.packages_deleted} packages, ${humanSize(done.space_freed)} freed: ` +
        `${percent(done.before_usage)} before, ${percent(done.after_usage)} now.`,
    ]);
    return;
  }
  const answer = await storageStats(client);
  const { stats } = answer;
  ctx.out.result(answer, [
    `${answer.status}: ${humanSize(stats.used_size)} of ${humanSize(stats.total_size)} used (${percent(answer.usage_percentage)})`,
    `full ${humanSize(stats.full_packages_size)}, patches ${humanSize(stats.patch_packages_size)}, ` +
      `hotfixes ${humanSize(stats.hotfix_packages_size)}, under way ${humanSize(stats.temp_size)}`,
    ...answer.recommendations,
  ]);
}

function percent(value: number): string {
  return `${value.toFixed(1)} %`;
}
