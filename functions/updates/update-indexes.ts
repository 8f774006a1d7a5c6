import type { IndexQuestion, Target } from "./newest-packages.sql.ts";
import { createIndexes } from "./known-indexes.ts";
import { readCandidates } from "./read-candidates.ts";

/** Indexes kept per isolate. */
const MAX_INDEXES = 500;

/** Clients choose channel and format: encoded, none is taken for a part of the address or for another's. */
export const targetKey = ({ software, platform, arch, channel, format = "" }: Target) =>
  [software, platform, arch, channel, format].map(encodeURIComponent).join("&");

const keyOf = ({ floor, ...target }: IndexQuestion) =>
  floor === undefined ? targetKey(target) : `${targetKey(target)}&${encodeURIComponent(floor)}`;

/** The indexes that update decisions are made by. */
export const {
  find: findIndex,
  isFresh,
  forget: forgetIndexes,
} = createIndexes("update-index-3", keyOf, MAX_INDEXES, readCandidates);
