import { z } from "zod";
import { archOf, folderOf, formatOf, nameOf, platformOf } from "./file-names.ts";
import type { ListedFile, Listing } from "./listing.ts";
import { newest, versionBefore } from "./nupkgs.ts";
import type { Detector, Given, Planned, Skipped } from "./plan.ts";
import { say, type Sentence } from "./sentence.ts";

const Asset = z.looseObject({
  Version: z.string(),
  Type: z.string(),
  FileName: z.string(),
  Size: z.number().optional(),
  SHA1: z.string().optional(),
  SHA256: z.string().optional(),
});
const Releases = z.looseObject({ Assets: z.array(Asset) });

const NAME = /^releases\.(.+)\.json$/i;
/** What `vpk` writes anew with each version, without the version in its name. */
const INSTALLER = /(?:-Setup\.(?:exe|pkg|msi)|-Portable\.zip|\.AppImage)$/i;

type Channel = { path: string; name: string; assets: z.infer<typeof Asset>[] };

/** Velopack's `Releases`: the packages that `releases.{channel}.json` lists, and the installers of its newest version. */
export const velopack: Detector = (listing, given) => {
  const channels = listing.files.flatMap(({ path }) => readReleases(path, listing.texts.get(path)) ?? []);
  if (channels.length === 0) return undefined;
  const packages: Planned[] = [];
  const skipped: Skipped[] = [];
  const faults: Sentence[] = [];
  for (const channel of channels) {
    for (const asset of channel.assets) {
      const path = `${folderOf(channel.path)}${asset.FileName}`;
      const file = listing.files.find((one) => one.path === path);
      const planned = file && planAsset(channel, asset, file, given);
      if (file === undefined) skipped.push({ path, reason: say("listedMissing", { list: channel.path }) });
      else if (asset.Size !== undefined && asset.Size !== file.size)
        faults.push(say("sizePack", { path, size: file.size, list: channel.path, listed: asset.Size }));
      else if (planned) packages.push(planned);
      else skipped.push({ path, reason: say("noBase", { list: channel.path }) });
    }
    packages.push(...installers(listing, channel, channels, given));
  }
  const isRead = ({ path }: ListedFile) =>
    /^(?:(?:releases|assets)\..+\.json|RELEASES.*)$/i.test(nameOf(path));
  return {
    tool: "Velopack",
    packages,
    skipped,
    read: listing.files.filter(isRead).map(({ path }) => path),
    faults,
  };
};

function readReleases(path: string, text: string | undefined): Channel | undefined {
  const name = NAME.exec(nameOf(path))?.[1];
  if (name === undefined || text === undefined) return undefined;
  const parsed = Releases.safeParse(parseJson(text));
  return parsed.success ? { path, name, assets: parsed.data.Assets } : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return undefined;
  }
}

function planAsset(
  channel: Channel,
  asset: z.infer<typeof Asset>,
  file: ListedFile,
  given: Given,
): Planned | undefined {
  const isDelta = asset.Type.toLowerCase() === "delta";
  const from = isDelta
    ? versionBefore(
        asset.Version,
        channel.assets.map(({ Version }) => Version),
      )
    : undefined;
  if (isDelta && from === undefined) return undefined;
  const [algorithm, hex] = asset.SHA256
    ? (["sha256", asset.SHA256] as const)
    : (["sha1", asset.SHA1] as const);
  return {
    path: file.path,
    size: file.size,
    version: asset.Version,
    type: isDelta ? "patch" : "full",
    ...(from !== undefined && { from_version: from }),
    format: "nupkg",
    ...target(channel, asset.FileName, given),
    ...(hex && { digest: { algorithm, hex: hex.toLowerCase(), by: channel.path } }),
    companions: [],
  };
}

/** A channel's name begins with the system, and maybe the arch, that it is of; what follows is a channel as we know them. */
function target(
  channel: Channel,
  fileName: string,
  given: Given,
): Pick<Planned, "platform" | "arch" | "channel"> {
  const words = channel.name.toLowerCase().split(/[-_.]/);
  const rest = words.filter((word) => platformOf(word) === undefined && archOf(word) === undefined);
  const name = rest.join("-");
  const isNamed = name !== "" && name !== "stable" && /^[a-z]/.test(name);
  return {
    platform: platformOf(channel.name) ?? platformOf(fileName) ?? given.platform,
    arch: archOf(channel.name) ?? archOf(fileName) ?? given.arch,
    ...(isNamed && { channel: name }),
  };
}

function installers(listing: Listing, channel: Channel, all: Channel[], given: Given): Planned[] {
  const version = newest(channel.assets.map(({ Version }) => Version));
  const isOfChannel = (name: string) =>
    all.length === 1 || name.includes(`-${channel.name}-`) || name.includes(`-${channel.name}.`);
  return listing.files.flatMap(({ path, size }): Planned[] => {
    const name = nameOf(path);
    const format = formatOf(name)?.format;
    if (format === undefined || folderOf(path) !== folderOf(channel.path)) return [];
    if (!INSTALLER.test(name) || !isOfChannel(name)) return [];
    const remark = say("newestListed", { version: version ?? "", list: nameOf(channel.path) });
    return [
      { path, size, version, type: "full", format, ...target(channel, name, given), companions: [], remark },
    ];
  });
}
