import { sql } from "drizzle-orm";
import { versions } from "../../schema/releases.ts";
import { invalid } from "../core/http/validation.ts";
import { compareVersions, orderingKey, type Version } from "../kit/versions.ts";
import { readVersion } from "./read-version.ts";

/** What somebody says of who may take a version; what is undefined is not said. */
export type GivenGate = {
  /** Whether no device may jump over it. */
  isWatershed?: boolean | undefined;
  /** The lowest version that may take it directly. */
  lowest?: LowestVersion | undefined;
};

/** A version in its canonical spelling, and its order key. */
export type LowestVersion = { version: string; key: string };

/** Reads `min_update_from` of a version. @throws AppError INVALID_VERSION, VALIDATION_ERROR where nothing could update to it. */
export function readLowest(text: string, version: Version): LowestVersion {
  const lowest = readVersion("min_update_from", text);
  if (compareVersions(lowest, version) >= 0)
    throw invalid("min_update_from", "package.notOlder", { version: version.name });
  return { version: lowest.canonical, key: orderingKey(lowest) };
}

/** The columns of a version's gate, for a new row. */
export const newGate = ({ isWatershed = false, lowest }: GivenGate = {}) => ({
  isWatershed,
  minUpdateFrom: lowest?.version ?? null,
  minUpdateKey: lowest?.key ?? null,
});

/** The same for the row of a version that is there: what is said last counts. */
export const furtherGate = ({ isWatershed, lowest }: GivenGate = {}) => ({
  isWatershed: isWatershed ?? sql<boolean>`${versions.isWatershed}`,
  minUpdateFrom: lowest?.version ?? sql<string | null>`${versions.minUpdateFrom}`,
  minUpdateKey: lowest?.key ?? sql<string | null>`${versions.minUpdateKey}`,
});
