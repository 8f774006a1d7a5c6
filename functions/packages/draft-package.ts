import { z } from "zod";
import { missing } from "../core/errors.ts";
import type { Locale } from "../core/locale/locale.ts";
import { invalid, readFields } from "../core/http/validation.ts";
import { channelOf, compareVersions, orderingKey, type Version } from "../kit/versions.ts";
import { readLowest, type GivenGate } from "../releases/gates.ts";
import { readVersion } from "../releases/read-version.ts";
import { channelName, softwareName, writtenVersion } from "../releases/schemas.ts";
import { rolloutField, type RolloutPlan } from "../rollouts/schemas.ts";
import { formBoolean, updaterFacts, updaterFields, type UpdaterFacts } from "./updater-facts.ts";
import { givenArch, givenPackageType, givenPlatform } from "../releases/target-names.ts";

/** The fields of a package, as forms and signed uploads send them. */
export const packageFields = z.object({
  version: writtenVersion.meta({ example: "2.2.5" }),
  package_type: givenPackageType,
  description: z.string().max(10_000).optional(),
  is_stable: formBoolean,
  is_critical: formBoolean,
  is_watershed: formBoolean.meta({ description: "Of the version: no device below jumps over it" }),
  min_update_from: writtenVersion.optional().meta({
    description: "Of the version: the lowest one that may take it directly",
    example: "2.0.0",
  }),
  platform: givenPlatform.default("windows"),
  arch: givenArch.default("x64"),
  from_version: writtenVersion
    .optional()
    .meta({ description: "Of patches, and of hotfixes for one version" }),
  software: softwareName,
  channel: channelName.optional(),
  notes: z.string().max(60_000).optional(),
  ...updaterFields,
  draft: formBoolean.meta({ description: "Held until its release is published" }),
  rollout: rolloutField,
});

export type PackageFields = z.infer<typeof packageFields>;

/**
 * Reads the fields of a package from a form or JSON.
 * @throws AppError MISSING_PARAMETER or VALIDATION_ERROR naming the field.
 */
export const readPackageFields = (fields: unknown, locale: Locale): PackageFields =>
  readFields(packageFields, fields, locale);

/** A package before its bytes have arrived, with all that can be decided by then. */
export type PackageDraft = DescribedPackage & {
  /** The file's extension without the dot, in lower case. Absent for uploads that began before extensions were recorded. */
  format?: string;
};

type DescribedPackage = {
  /** The software's slug. */
  software: string;
  /** Its id where it was there when the upload began: then it has to be there still. Absent where publishing makes it. */
  softwareId?: string;
  /** As it was written, without `v`. */
  version: string;
  orderKey: string;
  type: PackageFields["package_type"];
  platform: PackageFields["platform"];
  arch: PackageFields["arch"];
  /** In its canonical spelling, because packages are told apart by it. */
  fromVersion: string | null;
  /**
   * The channel that was named, or the one that follows from the version. Where none was named (`channelGiven` is false),
   * packages of the version that are already published decide instead.
   */
  channel: string;
  channelGiven: boolean;
  isCritical: boolean | null;
  description: string | null;
  notes: string | null;
  /** What updaters are told of the package. Absent in uploads that an earlier build accepted. */
  updater?: UpdaterFacts;
  /** Whether the package is held until its release is published. */
  isHeld?: boolean;
  /** Absent in uploads that an earlier build accepted. */
  gate?: GivenGate;
  /** How its version is rolled out from the moment in which the first package of it is visible. */
  rollout?: RolloutPlan;
};

/**
 * Checks a package's fields and decides what follows from them.
 * @throws AppError MISSING_PARAMETER, INVALID_VERSION, VALIDATION_ERROR.
 */
export function draftPackage(fields: PackageFields): DescribedPackage {
  const version = readVersion("version", fields.version);
  return {
    software: fields.software.toLowerCase(),
    version: version.name,
    orderKey: orderingKey(version),
    type: fields.package_type,
    platform: fields.platform,
    arch: fields.arch,
    fromVersion: readFromVersion(fields, version),
    channel: decideChannel(fields, version),
    channelGiven: fields.channel !== undefined || fields.is_stable !== undefined,
    isCritical: fields.is_critical ?? null,
    description: fields.description ?? null,
    notes: fields.notes ?? null,
    updater: updaterFacts(fields),
    isHeld: fields.draft === true,
    gate: readGate(fields, version),
    ...(fields.rollout && { rollout: fields.rollout }),
  };
}

/** What can be said of a package that waits for its release: all that decides neither its place nor who is offered it. */
export const draftChanges = packageFields
  .pick({
    description: true,
    notes: true,
    is_critical: true,
    is_watershed: true,
    min_update_from: true,
  })
  .extend(updaterFields);

/**
 * The fields of a draft that these change.
 * @param version of the package
 * @throws AppError INVALID_VERSION, VALIDATION_ERROR.
 */
export function changesOfDraft(
  fields: z.infer<typeof draftChanges>,
  version: Version,
): Partial<PackageDraft> {
  const { description, notes, is_critical } = fields;
  return {
    ...(description !== undefined && { description }),
    ...(notes !== undefined && { notes }),
    ...(is_critical !== undefined && { isCritical: is_critical }),
    updater: updaterFacts(fields),
    gate: readGate(fields, version),
  };
}

function readFromVersion(fields: PackageFields, version: Version): string | null {
  if (fields.package_type === "full") return null;
  if (fields.from_version === undefined) {
    if (fields.package_type === "patch") throw missing("from_version");
    return null;
  }
  const from = readVersion("from_version", fields.from_version);
  if (compareVersions(from, version) >= 0)
    throw invalid("from_version", "package.notOlder", { version: version.name });
  return from.canonical;
}

function readGate(
  { is_watershed, min_update_from }: Pick<PackageFields, "is_watershed" | "min_update_from">,
  version: Version,
): GivenGate {
  const lowest = min_update_from === undefined ? undefined : readLowest(min_update_from, version);
  return { isWatershed: is_watershed, lowest };
}

/**
 * A version is stable only if it is no pre-release and its publisher does not call it unstable. All others are on a channel
 * for pre-releases.
 */
function decideChannel(fields: PackageFields, version: Version): string {
  const released = channelOf(version) === "stable" && fields.is_stable !== false;
  if (fields.channel === undefined) return released ? "stable" : preReleaseChannel(version);
  if (fields.channel === "stable" && !released)
    throw invalid("channel", "package.notStable", { channel: preReleaseChannel(version) });
  return fields.channel;
}

function preReleaseChannel(version: Version): string {
  const channel = channelOf(version);
  return channel === "stable" ? "beta" : channel;
}
