import type { Command } from "commander";
import { checkVersion, listPackages } from "./api.ts";
import type { Client } from "../client/client.ts";
import { connect, settingsOf } from "./context.ts";
import type { Context } from "./context.ts";
import { downloadFile } from "./download-file.ts";
import { ClientError, EXIT } from "../client/errors.ts";
import { usage } from "./errors.ts";
import { humanSize } from "./output.ts";
import { ownMachine } from "../client/own-machine.ts";
import { command } from "./run.ts";

type Flags = {
  current?: string;
  version?: string;
  type?: string;
  fromVersion?: string;
  platform?: string;
  arch?: string;
  software?: string;
  channel?: string;
  output?: string;
  sha256?: string;
  force?: boolean;
};

const PAGE = 100;

/** Adds `slipway download`. */
export function addDownload(program: Command): void {
  command(program, "download [address]", "fetch a package, resume what is there of it, verify its SHA-256")
    .option("--current <version>", "fetch what brings this version to the newest")
    .option("--version <version>", "fetch this version")
    .option(
      "--type <type>",
      "full, patch or hotfix (with --current: else the recommended one; with --version: full)",
    )
    .option("--from-version <version>", "with --version: the version that the patch starts from")
    .option("--platform <platform>", "windows, linux or macos (default: this machine's)")
    .option("--arch <arch>", "x64, x86 or arm64 (default: this machine's)")
    .option("--software <slug>", "software title")
    .option("--channel <name>", "with --current: release channel")
    .option("-o, --output <path>", "file or folder to write to")
    .option("--sha256 <hex>", "the SHA-256 to expect, instead of the one that the server names")
    .option("--force", "replace another file of the same name")
    .addHelpText("after", "\nThe address is a download URL, or its path on the server.")
    .action(download);
}

async function download(ctx: Context, [address]: string[], flags: Flags): Promise<undefined> {
  const ways = [address, flags.current, flags.version].filter((way) => way !== undefined);
  if (ways.length !== 1)
    throw usage("Name what to fetch: an address, --current VERSION or --version VERSION.");
  ctx.interruptHint = "Run the same command again to resume.";
  const url = await locate(ctx, address, flags);
  if (url === undefined) {
    ctx.out.result({ has_update: false, current_version: flags.current }, [
      `${flags.current} is the newest.`,
    ]);
    return;
  }
  const { output, sha256, force } = flags;
  const { url: server, apiKey } = await settingsOf(ctx);
  // Another server's address may have been named: it is not to know the key.
  const key = url.origin === new URL(server).origin ? apiKey : undefined;
  const done = await downloadFile(ctx, { url, key, output, sha256, force: force === true });
  const verb = done.already ? "Already there:" : "Downloaded";
  ctx.out.result({ ...done, verified: true }, [
    `${verb} ${done.path}, ${humanSize(done.size)}, SHA-256 verified (${done.sha256})`,
  ]);
}

/** Where the wanted package is, or undefined when nothing is newer. */
async function locate(ctx: Context, address: string | undefined, flags: Flags): Promise<URL | undefined> {
  if (address !== undefined && URL.canParse(address)) return new URL(address);
  const client = await connect(ctx);
  const base = `${client.url}/`;
  if (address !== undefined) return new URL(address.replace(/^\/+/, ""), base);
  const path = flags.current === undefined ? await ofVersion(client, flags) : await ofUpdate(client, flags);
  return path === undefined ? undefined : new URL(path.replace(/^\/+/, ""), base);
}

async function ofUpdate(client: Client, flags: Flags): Promise<string | undefined> {
  const { current: current_version, platform, arch, software, channel } = { ...ownMachine, ...flags };
  const answer = await checkVersion(client, { current_version, platform, arch, software, channel });
  if (!answer.has_update) return undefined;
  const options = answer.update_info?.update_options ?? [];
  const chosen = options.find((option) =>
    flags.type === undefined ? option.recommended : option.type === flags.type,
  );
  if (chosen !== undefined) return chosen.download_url;
  throw notThere(
    `No ${flags.type ?? "recommended"} package leads from ${flags.current} to ${answer.latest_version}.`,
  );
}

async function ofVersion(client: Client, flags: Flags): Promise<string> {
  const { platform, arch, software, type: package_type = "full" } = { ...ownMachine, ...flags };
  for (let offset = 0; ; offset += PAGE) {
    const page = await listPackages(client, { package_type, platform, arch, software, limit: PAGE, offset });
    const found = page.find(
      (item) =>
        item.version === flags.version &&
        (flags.fromVersion === undefined || item.from_version === flags.fromVersion),
    );
    if (found !== undefined) return found.download_url;
    if (page.length < PAGE) throw notThere(`There is no ${package_type} package of ${flags.version}.`);
  }
}

function notThere(message: string): ClientError {
  return new ClientError(EXIT.notFound, "PACKAGE_NOT_FOUND", message, {
    hint: "`slipway packages list` shows what there is; check --platform, --arch and --software too.",
  });
}
