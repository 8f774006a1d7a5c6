import type { Ctx } from "../../core/context.ts";
import { AppError } from "../../core/errors.ts";
import { isOutFor } from "../../kit/rollout.ts";
import { orderingKey, parseVersion } from "../../kit/versions.ts";
import type { Device } from "../../rollouts/limits.ts";
import { EngineVersions } from "./solver/engines.ts";
import { selectNewerVersions, type NewerVersion } from "./newer-versions.sql.ts";
import { downloadUrl } from "./resolve-plugins.ts";

type Texts = Record<string, string>;
type Notice = "plugin_disabled" | "plugin_deprecated" | "version_rolled_back" | "version_deprecated";

export type Updates = {
  updates: {
    name: string;
    installed: string;
    version: string;
    /** Bytes. */
    size: number;
    sha256: string;
    download_url: string;
    changelog: string;
  }[];
  /** How many of the other installed plugins the registry knows. */
  up_to_date: number;
  unknown: string[];
  notices: { name: string; installed: string; notice: Notice }[];
};

/**
 * Finds the newest version of each installed plugin, where it is newer than the installed one, enabled, not deprecated, and
 * fits these engines and is out for the device. Pre-releases count only for plugins that are installed as a pre-release. At most one round trip.
 * @param origin of the download URLs, as `https://example.com`
 * @throws AppError RESOLUTION_TOO_COMPLEX at a limit.
 */
export async function checkUpdates(
  ctx: Ctx,
  { installed, engines, device = {} }: { installed: Texts; engines: Texts; device?: Device },
  origin: string,
): Promise<Updates> {
  const byName = Map.groupBy(await readNewerVersions(ctx, installed), ({ name }) => name);
  const versions = new EngineVersions(Object.entries(engines));
  const answer: Updates = { updates: [], up_to_date: 0, unknown: [], notices: [] };
  for (const [name, version] of Object.entries(installed).toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const candidates = byName.get(name);
    const [plugin] = candidates ?? [];
    if (!candidates || !plugin) {
      answer.unknown.push(name);
      continue;
    }
    const notice = noticeOf(plugin);
    if (notice) answer.notices.push({ name, installed: version, notice });
    const newest = newestOf(
      candidates.filter((row) => isOut(row, device)),
      versions,
    );
    if (newest) answer.updates.push(describeUpdate(newest, version, origin));
    else answer.up_to_date++;
  }
  return answer;
}

/** Whether a version is out for a device. */
export const isOut = (
  { state, seed, basisPoints }: Pick<NewerVersion, "state" | "seed" | "basisPoints">,
  { id, isForced }: Device,
): boolean =>
  state === null || isOutFor({ state, seed: seed ?? "", basisPoints: basisPoints ?? 0 }, id, isForced);

type Newest = NewerVersion & { version: string };

/** The newest of a plugin's versions that fits these engines. */
function newestOf(versions: readonly NewerVersion[], engines: EngineVersions): Newest | undefined {
  const isNewer = (row: NewerVersion): row is Newest => row.version !== null && fits(row.engines, engines);
  const keyOf = ({ orderKey }: NewerVersion) => orderKey ?? "";
  return versions
    .filter(isNewer)
    .reduce<Newest | undefined>((best, row) => (best && keyOf(best) > keyOf(row) ? best : row), undefined);
}

function describeUpdate(newest: Newest, installed: string, origin: string): Updates["updates"][number] {
  const { name, version, size, sha256, changelog } = newest;
  const download_url = downloadUrl(origin, name, version);
  return { name, installed, version, size, sha256, download_url, changelog };
}

/** @throws AppError RESOLUTION_TOO_COMPLEX at a limit. */
async function readNewerVersions(ctx: Ctx, installed: Texts): Promise<NewerVersion[]> {
  const asked = Object.entries(installed).map(([name, text]) => {
    const version = parseVersion(text);
    const orderKey = version ? orderingKey(version) : "";
    return { name, orderKey, takesPrerelease: version !== null && version.prerelease.length > 0 };
  });
  const rows = await ctx.deps.db.read((q) => selectNewerVersions(q, asked));
  if (rows.some(({ isWhole }) => !isWhole)) {
    throw new AppError("RESOLUTION_TOO_COMPLEX", { reason: "resolve.tooManyVersions" });
  }
  return rows;
}

function noticeOf(row: NewerVersion): Notice | null {
  const { isEnabled, isDeprecated, installedDeprecated, installedRolledBack } = row;
  if (!isEnabled) return "plugin_disabled";
  if (isDeprecated) return "plugin_deprecated";
  if (installedRolledBack) return "version_rolled_back";
  return installedDeprecated ? "version_deprecated" : null;
}

const fits = (needed: string, engines: EngineVersions): boolean =>
  Object.entries(JSON.parse(needed) as Texts).every(([engine, range]) => engines.fit(engine, range));
