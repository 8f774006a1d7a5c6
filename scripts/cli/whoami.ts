import type { Command } from "commander";
import { currentApiKey } from "./api.ts";
import { connect, settingsOf } from "./context.ts";
import type { Context } from "./context.ts";
import { command } from "./run.ts";

/** Adds `slipway whoami`. */
export function addWhoami(program: Command): void {
  command(program, "whoami", "show which server and API key are used, and what the key may do").action(
    whoami,
  );
}

async function whoami(ctx: Context): Promise<undefined> {
  const { url, source } = await settingsOf(ctx);
  const { id, scopes, software } = await currentApiKey(await connect(ctx));
  ctx.out.result({ url, id, scopes, software: software ?? null, source }, [
    `Server   ${url} (from ${source.url})`,
    `API key  ${id} (from ${source.apiKey})`,
    `May      ${scopes.join(", ")}`,
    ...(software ? [`Of       ${software.join(", ")}`] : []),
  ]);
}
