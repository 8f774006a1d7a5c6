import { parse } from "yaml";
import { z } from "zod";
import { parseVersion } from "../../../functions/kit/versions.ts";
import { hexOf } from "./base64.ts";
import { beside } from "./beside.ts";
import { archOf, folderOf, formatOf, nameOf } from "./file-names.ts";
import type { Listing } from "./listing.ts";
import type { Detector, Given, Planned, Skipped } from "./plan.ts";
import { say, type Sentence } from "./sentence.ts";

const Described = z.looseObject({
  url: z.string(),
  sha512: z.string().optional(),
  size: z.number().optional(),
  blockMapSize: z.int().positive().optional(),
  isAdminRightsRequired: z.boolean().optional(),
});
const Description = z.looseObject({
  version: z.union([z.string(), z.number()]).transform(String),
  files: z.array(Described).optional(),
  path: z.string().optional(),
  sha512: z.string().optional(),
});

/** A description by its name: the channel, then nothing for Windows, `-mac`, or `-linux` with an arch unless that is x64. */
const NAME = /^(?<channel>[\w-]+?)(?:-(?<system>mac|linux)(?:-(?<arch>\w+))?)?\.yml$/;
const LINUX_ARCHES: Readonly<Record<string, string>> = {
  arm64: "arm64",
  arm: "armv7",
  armv7l: "armv7",
  ia32: "x86",
};
/** The folder of an unpacked app, by platform: what a file without an arch in its name was made of. */
const UNPACKED: Readonly<Record<string, RegExp>> = {
  windows: /^win(?:-(\w+))?-unpacked$/,
  macos: /^mac(?:-(\w+))?$/,
};

type Yml = {
  path: string;
  channel: string;
  platform: string;
  arch: string | undefined;
  version: string;
  files: z.infer<typeof Described>[];
};

/** electron-builder's output: what its `latest*.yml` (`beta*.yml`, ...) name, checked against them. */
export const electronBuilder: Detector = (listing, given) => {
  const ymls = listing.files.flatMap(({ path }) => readYml(path, listing.texts.get(path)) ?? []);
  if (ymls.length === 0) return undefined;
  const packages = new Map<string, Planned>();
  const skipped: Skipped[] = [];
  const faults: Sentence[] = [];
  for (const yml of ymls.toSorted(stableFirst)) {
    for (const described of yml.files) {
      const file = findFile(listing, yml, described.url);
      if (file === undefined) {
        skipped.push({ path: described.url, reason: say("namedMissing", { list: yml.path }) });
      } else if (described.size !== undefined && described.size !== file.size) {
        const { path, size } = file;
        faults.push(say("sizeBuild", { path, size, list: yml.path, listed: described.size }));
      } else if (!packages.has(file.path)) {
        const planned = plan(listing, yml, described, file, given);
        if (planned) packages.set(file.path, planned);
        else skipped.push({ path: file.path, reason: say("typeNotTaken") });
      }
    }
  }
  return {
    tool: "electron-builder",
    packages: [...packages.values()],
    skipped,
    read: listing.files.flatMap(({ path }) => (/\.ya?ml$/.test(path) ? [path] : [])),
    faults,
  };
};

function readYml(path: string, text: string | undefined): Yml | undefined {
  const { channel, system, arch } = NAME.exec(nameOf(path))?.groups ?? {};
  if (channel === undefined || text === undefined) return undefined;
  const parsed = Description.safeParse(parseYaml(text));
  if (!parsed.success) return undefined;
  const { version, files, path: only, sha512 } = parsed.data;
  const described = files ?? (only === undefined ? [] : [{ url: only, sha512 }]);
  if (described.length === 0) return undefined;
  const platform = { mac: "macos", linux: "linux" }[system ?? ""] ?? "windows";
  const linuxArch = arch === undefined ? "x64" : LINUX_ARCHES[arch];
  return {
    path,
    channel,
    platform,
    arch: system === "linux" ? linuxArch : undefined,
    version,
    files: described,
  };
}

function parseYaml(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

/** A release stands in the descriptions of less stable channels as well; it is of the most stable one. */
const stableFirst = (a: Yml, b: Yml) => rank(a) - rank(b);
const rank = ({ channel }: Yml) => ["latest", "beta", "alpha"].indexOf(channel) >>> 0;

/** The file that a description names; what is uploaded to GitHub is named there with dashes for its blanks. */
function findFile(listing: Listing, { path }: Yml, url: string) {
  const name = nameOf(decoded(url));
  const inFolder = listing.files.filter((file) => folderOf(file.path) === folderOf(path));
  const dashed = (text: string) => text.replaceAll(/[\s.]/g, "-");
  return (
    inFolder.find((file) => nameOf(file.path) === name) ??
    inFolder.find((file) => dashed(nameOf(file.path)) === dashed(name))
  );
}

function decoded(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}

function plan(
  listing: Listing,
  yml: Yml,
  described: z.infer<typeof Described>,
  file: { path: string; size: number },
  given: Given,
): Planned | undefined {
  const format = formatOf(file.path)?.format;
  if (format === undefined) return undefined;
  const { blockMapSize, isAdminRightsRequired, sha512 } = described;
  const isRelease = parseVersion(yml.version)?.prerelease.length === 0;
  const hex = sha512 === undefined ? "" : hexOf(sha512);
  return {
    path: file.path,
    size: file.size,
    version: yml.version,
    type: "full",
    platform: yml.platform,
    format,
    ...arch(listing, yml, file.path, given),
    ...(isRelease && yml.channel !== "latest" && { channel: yml.channel.toLowerCase() }),
    ...(blockMapSize !== undefined && { block_map_size: blockMapSize }),
    ...(isAdminRightsRequired !== undefined && { requires_admin: isAdminRightsRequired }),
    ...(hex !== "" && { digest: { algorithm: "sha512", hex, by: yml.path } }),
    ...beside(listing, file.path),
  };
}

/**
 * The arch of a file: by its name, by the description that names it, by the unpacked app that it was made of. electron-builder
 * leaves x64 out of names; an installer for several archs has none either.
 */
function arch(listing: Listing, yml: Yml, path: string, given: Given): Pick<Planned, "arch" | "remark"> {
  const told = archOf(nameOf(path)) ?? yml.arch ?? given.arch;
  if (told !== undefined) return { arch: told };
  const unpacked = listing.folders.flatMap((folder) => {
    const match = folderOf(folder) === folderOf(yml.path) && UNPACKED[yml.platform]?.exec(nameOf(folder));
    return match ? [archOf(match[1] ?? "x64") ?? "x64"] : [];
  });
  const [only, ...others] = unpacked;
  if (only !== undefined && others.length === 0) return { arch: only };
  if (only !== undefined && yml.platform === "windows")
    return { arch: undefined, remark: say("severalArchs", { archs: unpacked.join(" / ") }) };
  return { arch: "x64", remark: say("archLeftOut") };
}
