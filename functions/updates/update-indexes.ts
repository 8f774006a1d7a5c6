import type { IndexQuestion, Target } from "./newest-packages.sql.ts";
import { createIndexes } from "./known-indexes.ts";
import { readCandidates } from "./read-candidates.ts";

/** How many an isolate keeps. */
const MAX_INDEXES = 500;

/**
 * Clients choose channel and format. They are encoded, so that none can pass for another part of the URL or for another
 * question's.
 */
export const targetKey = ({ software, platform, arch, channel, format = "" }: Target) =>
  [software, platform, arch, channel, format].map(encodeURIComponent).join("&");

const keyOf = ({ floor, ...target }: IndexQuestion) =>
  floor === undefined ? targetKey(target) : `${targetKey(target)}&${encodeURIComponent(floor)}`;

/** The indexes from which updates are decided. */
export const {
  find: findIndex,
  isFresh,
  forget: forgetIndexes,
} = createIndexes("update-index-4", keyOf, MAX_INDEXES, readCandidates);
