import type { Command } from "commander";
import { configPath, forgetKey } from "./config.ts";
import type { Context } from "./context.ts";
import { command } from "./run.ts";

/** Adds `slipway logout`. */
export function addLogout(program: Command): void {
  command(program, "logout", "forget the API key that `slipway login` saved").action(logout);
}

async function logout(ctx: Context): Promise<undefined> {
  const forgotten = await forgetKey(ctx.env);
  const path = configPath(ctx.env);
  const lines = [forgotten ? `The API key is no longer in ${path}.` : `There is no API key in ${path}.`];
  if (forgotten) lines.push("Whoever else has it can still use it: `slipway keys revoke` ends a key.");
  if (ctx.env["SLIPWAY_API_KEY"]) lines.push("SLIPWAY_API_KEY is still set, and is used instead.");
  ctx.out.result({ config: path, forgotten }, lines);
}
