import { InvalidArgumentError } from "commander";
import type { Command } from "commander";
import { changePackage, listPackages } from "./api.ts";
import { connect } from "./context.ts";
import type { Context } from "./context.ts";
import { usage } from "./errors.ts";
import { humanSize, table } from "./output.ts";
import { command } from "./run.ts";

const DONE = { yank: "is no longer offered", unyank: "is offered again", delete: "is deleted" };
type Verb = keyof typeof DONE;

/** Adds `slipway packages list | yank | unyank | delete`. */
export function addPackages(program: Command): void {
  const packages = program.command("packages").description("list packages, withdraw them, delete them");
  command(packages, "list", "list packages, newest first")
    .option("--type <type>", "full, patch or hotfix")
    .option("--platform <platform>", "windows, linux or macos (default: all)")
    .option("--arch <arch>", "x64, x86 or arm64 (default: all)")
    .option("--software <slug>", "software title")
    .option("--limit <n>", "how many", count, 20)
    .option("--offset <n>", "how many to leave out at the start", count, 0)
    .action(list);
  change(packages, "yank", "stop offering a package; downloads by link go on");
  change(packages, "unyank", "offer a package again");
  change(packages, "delete", "delete a package for good");
}

const COLUMNS = [
  "ID",
  "VERSION",
  "TYPE",
  "FROM",
  "PLATFORM",
  "ARCH",
  "CHANNEL",
  "STATE",
  "SIZE",
  "DOWNLOADS",
  "CREATED",
  "NAME",
];

type Filter = {
  type?: string;
  platform?: string;
  arch?: string;
  software?: string;
  limit: number;
  offset: number;
};

async function list(ctx: Context, _args: string[], flags: Filter): Promise<undefined> {
  const { type: package_type, platform = "all", arch = "all", software, limit, offset } = flags;
  const client = await connect(ctx);
  const found = await listPackages(client, { package_type, platform, arch, software, limit, offset });
  const rows = found.map((item) => [
    String(item.id),
    item.version,
    item.package_type,
    item.from_version ?? "",
    item.platform,
    item.arch,
    item.channel,
    item.yanked ? "yanked" : "",
    humanSize(item.package_size),
    String(item.download_count),
    item.created_at,
    item.package_name,
  ]);
  ctx.out.result(found, found.length === 0 ? ["No packages."] : table([COLUMNS, ...rows]));
}

function change(packages: Command, verb: Verb, description: string): void {
  command(packages, `${verb} <id>`, description).action(async (ctx: Context, [id]: string[]) => {
    if (id === undefined || !/^\d+$/.test(id)) {
      throw usage(`"${id}" is not the id of a package.`, "`slipway packages list` shows the ids.");
    }
    const answer = await changePackage(await connect(ctx), verb, id);
    ctx.out.result(answer ?? { id: Number(id), done: verb }, [`Package ${id} ${DONE[verb]}.`]);
    return undefined;
  });
}

function count(text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It must be a whole number.");
}
