import type { Command } from "commander";
import { createApiKey, listApiKeys, revokeApiKey } from "./api.ts";
import { connect } from "./context.ts";
import type { Context } from "./context.ts";
import { usage } from "./errors.ts";
import { namesIn } from "./names.ts";
import { table } from "./output.ts";
import { command } from "./run.ts";

/** Adds `slipway keys list | create | revoke`. */
export function addKeys(program: Command): void {
  const keys = program.command("keys").description("list API keys, make one for each publisher, end them");
  command(keys, "list", "list API keys, newest first; the keys themselves are shown to nobody").action(list);
  command(keys, "create <name>", "make an API key, and show it this once")
    .list("--scopes, --scope <scopes>", "what it may do (else packages:write), between commas or given again")
    .list(
      "--software <slugs>",
      "the software that it is limited to (else none), between commas or given again",
    )
    .option("--expires <date>", "when it ends, like 2030-01-31 or 2030-01-31T12:00:00Z")
    .action(create);
  command(keys, "revoke <id>", "end an API key at once").action(revoke);
}

async function list(ctx: Context): Promise<undefined> {
  const found = await listApiKeys(await connect(ctx));
  const rows = found.map((key) => [
    key.id,
    key.name,
    `${key.prefix}...`,
    key.created_at,
    key.expires_at ?? "never",
    key.software?.join(" ") ?? "all",
    key.scopes.join(" "),
  ]);
  const heading = ["ID", "NAME", "BEGINS", "CREATED", "EXPIRES", "SOFTWARE", "SCOPES"];
  ctx.out.result(found, found.length === 0 ? ["No API keys."] : table([heading, ...rows]));
}

async function create(
  ctx: Context,
  [name]: string[],
  flags: { scope: string[]; software: string[]; expires?: string },
): Promise<undefined> {
  if (name === undefined) throw usage("Give the new key a name.", "`slipway keys create NAME`");
  const [given, software] = [namesIn(flags.scope), namesIn(flags.software)];
  const scopes = given.length > 0 ? given : ["packages:write"];
  const limits = software.length > 0 ? { software } : {};
  const expires = flags.expires === undefined ? {} : { expires_at: instant(flags.expires) };
  const made = await createApiKey(await connect(ctx), { name, scopes, ...limits, ...expires });
  const where = software.length > 0 ? ` of ${software.join(", ")}` : "";
  ctx.out.note(`Made ${made.id} for ${scopes.join(", ")}${where}; the key is shown this once:`);
  ctx.out.result(made, [made.key]);
}

async function revoke(ctx: Context, [id]: string[]): Promise<undefined> {
  if (id === undefined || !/^\w+$/.test(id)) {
    throw usage(`"${id ?? ""}" is not the id of an API key.`, "`slipway keys list` shows the ids.");
  }
  await revokeApiKey(await connect(ctx), id);
  ctx.out.result({ id, revoked: true }, [`API key ${id} is revoked and no longer accepted.`]);
}

/** A date, or a date with a time, as the server reads it. */
function instant(text: string): string {
  const at = new Date(text);
  if (!/^\d{4}-\d{2}-\d{2}/.test(text) || Number.isNaN(at.getTime())) {
    throw usage(`"${text}" is not a date.`, "Write it like 2030-01-31 or 2030-01-31T12:00:00Z.");
  }
  return at.toISOString();
}
