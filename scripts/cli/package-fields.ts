import { basename } from "node:path";
import { usage } from "./errors.ts";
import { ownMachine } from "../client/own-machine.ts";
import { parsePackageName } from "../client/folders/package-name.ts";
import type { PackageFields } from "./publish-file.ts";

/** The flags of `publish` that describe the package; a batch list has the same names in snake case. */
export type PackageFlags = {
  version?: string;
  type?: string;
  platform?: string;
  arch?: string;
  fromVersion?: string;
  description?: string;
  software?: string;
  channel?: string;
  notes?: string;
  critical?: boolean;
  watershed?: boolean;
  minUpdateFrom?: string;
  unstable?: boolean;
};

const TYPES = ["full", "patch", "hotfix"];

/**
 * The fields of a package: those that flags name, then those that the file's name tells; otherwise this machine's platform
 * and arch, and the server's defaults for the rest. Without a type, it is a patch where it names the version that it starts
 * from, otherwise a full package.
 * @throws ClientError (usage) when neither flags nor name tell the version.
 */
export function packageFields(file: string, flags: PackageFlags): PackageFields {
  const named = parsePackageName(basename(file));
  const version = flags.version ?? named?.version;
  const type = flags.type ?? named?.package_type ?? (flags.fromVersion === undefined ? "full" : "patch");
  const name = basename(file);
  if (version === undefined) {
    const hint = "Pass --version, or name it like app-v1.2.3-full-windows-x64.zip.";
    throw usage(`The version of ${name} is not known.`, hint);
  }
  if (!TYPES.includes(type))
    throw usage(`"${type}" is not a type of package.`, `Types are ${TYPES.join(", ")}.`);
  const from_version = flags.fromVersion ?? (type === named?.package_type ? named.from_version : undefined);
  if (type === "patch" && from_version === undefined) {
    throw usage(`A patch needs the version it starts from (${name}).`, "Pass --from-version.");
  }
  return {
    version,
    package_type: type,
    platform: flags.platform ?? named?.platform ?? ownMachine.platform,
    arch: flags.arch ?? named?.arch ?? ownMachine.arch,
    from_version,
    description: flags.description,
    software: flags.software ?? named?.software,
    channel: flags.channel,
    notes: flags.notes,
    is_critical: flags.critical === true ? true : undefined,
    is_watershed: flags.watershed,
    min_update_from: flags.minUpdateFrom,
    is_stable: flags.unstable === true ? false : undefined,
  };
}
