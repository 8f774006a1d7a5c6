import type { Ctx } from "../../core/context.ts";
import { AppError } from "../../core/errors.ts";
import { message } from "../../core/locale/locale.ts";
import { compareVersions, parseVersion } from "../../kit/versions.ts";
import { readRegistry } from "./read-registry.ts";
import { describeReason, type Conflict } from "./describe-reason.ts";
import { summarizeConflict } from "./summarize-conflict.ts";
import type { ChosenVersion, Exceeded, Reason } from "./solver/registry.ts";
import { resolve } from "./solver/resolve.ts";

/** How many reasons a conflict's message names; the data has them all. */
const MOST_NAMED = 10;

type Texts = Record<string, string>;

/** Ranges, versions and SHA-256 values (hex, lower case) by name. */
export type ResolutionInput = { install: Texts; installed: Texts; engines: Texts; integrity: Texts };

type Planned = {
  name: string;
  version: string;
  action: "install" | "update" | "downgrade" | "keep";
  /** The version that is installed. */
  previous?: string;
  /**
   * Bytes. This and the next two fields are null for an installed version that the registry does not know or does not serve.
   */
  size: number | null;
  sha256: string | null;
  download_url: string | null;
  dependencies: Texts;
  is_deprecated: boolean;
};

export type Plan = {
  plan: Planned[];
  /** Bytes to download. */
  total_size: number;
  /** A request that gets this same answer again, even when there are newer versions. */
  lock: ResolutionInput;
  /** Installed plugins that are left as they are because they are disabled. */
  notices: { name: string; installed: string; notice: "plugin_disabled" }[];
};

type Refused = { found: false; message: string; summary: string; conflict: Conflict[] };

export type Resolved = { found: true; plan: Plan } | Refused;

/**
 * What to install so that everything fits: resolve() on the registry. At most one round trip.
 * @param origin of the download URLs, as `https://example.com`
 * @throws AppError RESOLUTION_TOO_COMPLEX at a limit.
 */
export async function resolvePlugins(ctx: Ctx, input: ResolutionInput, origin: string): Promise<Resolved> {
  const names = new Set([...Object.keys(input.install), ...Object.keys(input.installed)]);
  const registry = await readRegistry(ctx, [...names]);
  const mapOf = (texts: Texts) => new Map(Object.entries(texts));
  const { install, installed, engines, integrity } = input;
  const resolution = resolve(registry, {
    install: mapOf(install),
    installed: mapOf(installed),
    engines: mapOf(engines),
    integrity: mapOf(integrity),
  });
  if ("exceeded" in resolution) throw tooComplex(resolution);
  if ("conflict" in resolution) return refused(ctx, resolution.conflict);
  const plan = resolution.plan.map((chosen) => planned(chosen, input, origin));
  const total_size = plan.reduce((sum, { action, size }) => sum + (action === "keep" ? 0 : (size ?? 0)), 0);
  const isDisabled = ([name]: [string, string]) => registry.get(name)?.isEnabled === false;
  const disabled = Object.entries(installed).filter(isDisabled).toSorted(byName);
  const notices = disabled.map(([name, version]) => ({ name, installed: version, notice: DISABLED }));
  return { found: true, plan: { plan, total_size, lock: lockOf(plan, input), notices } };
}

const DISABLED = "plugin_disabled" as const;

const byName = ([a]: [string, string], [b]: [string, string]) => (a < b ? -1 : 1);

/** Says why there is no plan: first in short, then with all reasons. */
function refused({ locale }: Ctx, reasons: readonly Reason[]): Refused {
  const summary = summarizeConflict(locale, reasons);
  const conflict = reasons.map((reason) => describeReason(locale, reason));
  const more = conflict.length - MOST_NAMED;
  const named = conflict.slice(0, MOST_NAMED).map((reason) => reason.message);
  const all = [...named, ...(more > 0 ? [`+${more}`] : [])].join(message(locale, "resolve.and"));
  const problem =
    conflict.length > 1 ? message(locale, "resolve.allReasons", { summary, reasons: all }) : summary;
  return { found: false, message: message(locale, "RESOLUTION_CONFLICT", { problem }), summary, conflict };
}

const exceededReasons = { plugins: "resolve.tooManyPlugins", steps: "resolve.tooManySteps" } as const;

/** A limit of the solver as the surface's refusal. */
export function tooComplex({ exceeded, limit }: Exceeded): AppError {
  return new AppError("RESOLUTION_TOO_COMPLEX", { reason: exceededReasons[exceeded], limit });
}

function planned(
  { name, version, published }: ChosenVersion,
  input: ResolutionInput,
  origin: string,
): Planned {
  const previous = Object.hasOwn(input.installed, name) ? input.installed[name] : undefined;
  return {
    name,
    version,
    action: previous === undefined ? "install" : actionFrom(previous, version),
    ...(previous !== undefined && { previous }),
    size: published?.size ?? null,
    sha256: published?.sha256 ?? null,
    download_url: published && downloadUrl(origin, name, version),
    dependencies: { ...published?.dependencies },
    is_deprecated: published?.isDeprecated ?? false,
  };
}

/** A link to a version's file that always works. */
export function downloadUrl(origin: string, name: string, version: string): string {
  return `${origin}/api/plugins/version/download?${new URLSearchParams({ name, version })}`;
}

function actionFrom(previous: string, version: string): Planned["action"] {
  const [before, after] = [parseVersion(previous), parseVersion(version)];
  const order = before && after ? compareVersions(after, before) : 0;
  if (order === 0) return "keep";
  return order > 0 ? "update" : "downgrade";
}

/**
 * Versions that only the client knows may be spelled in any way, and two numbers alone would be read as a range of many
 * versions.
 */
function exactRange({ version, sha256 }: Planned): string {
  return sha256 === null ? (parseVersion(version)?.canonical ?? version) : version;
}

function lockOf(plan: readonly Planned[], { installed, engines }: ResolutionInput): ResolutionInput {
  return {
    install: Object.fromEntries(plan.map((planned) => [planned.name, exactRange(planned)])),
    installed,
    engines,
    integrity: Object.fromEntries(
      plan.flatMap(({ name, sha256 }) => (sha256 === null ? [] : [[name, sha256]])),
    ),
  };
}
