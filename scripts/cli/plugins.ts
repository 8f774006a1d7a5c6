import type { Command } from "commander";
import { connect } from "./context.ts";
import type { Context } from "./context.ts";
import { table } from "./output.ts";
import { listPlugins } from "./plugins-api.ts";
import { addPluginsPublish } from "./plugins-publish.ts";
import { addPluginsResolve } from "./plugins-resolve.ts";
import { command } from "./run.ts";

/** Adds `slipway plugins publish | resolve | list`. */
export function addPlugins(program: Command): void {
  const plugins = program.command("plugins").description("publish plugins, find versions that go together");
  addPluginsPublish(plugins);
  addPluginsResolve(plugins);
  command(plugins, "list", "list plugins").action(list);
}

async function list(ctx: Context): Promise<undefined> {
  const found = await listPlugins(await connect(ctx));
  const rows = found.map((plugin) => [
    plugin.name,
    plugin.current_version,
    plugin.is_enabled ? (plugin.is_deprecated ? "deprecated" : "") : "disabled",
    String(plugin.total_download_count),
    plugin.display_name,
  ]);
  const heading = ["NAME", "VERSION", "STATE", "DOWNLOADS", "TITLE"];
  ctx.out.result(found, found.length === 0 ? ["No plugins."] : table([heading, ...rows]));
}
