import type { Ctx } from "../core/context.ts";
import type { Deps } from "../core/deps.ts";
import { sha256Hex } from "../kit/hash/hash.ts";
import { perIsolate } from "../core/isolate.ts";
import { whenReleasesChange } from "../releases/changes.ts";
import type { Candidate } from "./decide-update.ts";
import type { Target } from "./newest-packages.sql.ts";
import { readCandidates } from "./read-candidates.ts";

/** Everything that an update decision for one target needs, however many versions there are. */
export type UpdateIndex = {
  candidates: Candidate[];
  /** Changes with the content. */
  etag: string;
  /** Milliseconds since 1970. */
  loadedAt: number;
};

/** An isolate's index is used as it is for this long, then still used while it is refreshed. */
const FRESH_MS = 5_000;
/** The same for the location's cache, in seconds: a publication elsewhere is seen after the sum of both. */
const LOCATION_SECONDS = 10;
/** How long a request waits for another one's load before it loads for itself. */
const LONGEST_JOIN_MS = 2_000;
/** A load that takes longer died with its request; the next request starts another. */
const LOADING_LOST_MS = 15_000;
/** Indexes kept per isolate; targets are chosen by clients. */
const MAX_INDEXES = 500;

type Entry = { index?: UpdateIndex; loading?: Promise<UpdateIndex>; loadingSince?: number };
type State = { entries: Map<string, Entry>; changedAt: number };

const stateOf = perIsolate((): State => ({ entries: new Map(), changedAt: -Infinity }));

/** The index of a target: from the isolate, the location's cache or the database, in this order. */
export async function findIndex(ctx: Ctx, target: Target): Promise<UpdateIndex> {
  const { entries } = stateOf(ctx.deps);
  const key = keyOf(target);
  let entry = entries.get(key);
  if (!entry) {
    if (entries.size >= MAX_INDEXES) entries.delete(entries.keys().next().value ?? "");
    entries.set(key, (entry = {}));
  }
  if (entry.index && ctx.deps.clock() - entry.index.loadedAt < FRESH_MS) return entry.index;
  const now = ctx.deps.clock();
  if (entry.loading && now - (entry.loadingSince ?? 0) < LOADING_LOST_MS) {
    return entry.index ?? joinLoading(ctx, entry.loading, target);
  }
  entry.loadingSince = now;
  entry.loading = refresh(ctx, entry, target);
  if (!entry.index) return entry.loading;
  ctx.waitUntil(entry.loading);
  return entry.index;
}

/**
 * Waits for what another request is loading, but not for ever: that one may have been ended. The timer is also what tells
 * the Workers runtime that this request is not hung.
 */
async function joinLoading(ctx: Ctx, loading: Promise<UpdateIndex>, target: Target): Promise<UpdateIndex> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLong = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, LONGEST_JOIN_MS, undefined);
  });
  const index = await Promise.race([loading, tooLong]);
  clearTimeout(timer);
  return index ?? load(ctx, target, () => false);
}

/** Whether `index` is still what a request for the target would get without asking anybody. */
export function isFresh(deps: Deps, target: Target, index: UpdateIndex): boolean {
  return (
    deps.clock() - index.loadedAt < FRESH_MS && stateOf(deps).entries.get(keyOf(target))?.index === index
  );
}

/**
 * Makes a change visible at once in this isolate and soon in this location; the few indexes are quickly built again. What
 * is being loaded meanwhile may be old: it reaches those who wait for it and nobody else.
 */
export function forgetIndexes(ctx: Ctx): void {
  const state = stateOf(ctx.deps);
  for (const key of state.entries.keys()) {
    const deleted = ctx.deps.edgeCache?.delete(cacheUrl(key));
    if (deleted) ctx.waitUntil(deleted);
  }
  state.entries = new Map();
  state.changedAt = ctx.deps.clock();
}

whenReleasesChange(forgetIndexes);

/** Clients choose channel and format: encoded, none is taken for a part of the address or for another's. */
const keyOf = ({ software, platform, arch, channel, format = "" }: Target) =>
  [software, platform, arch, channel, format].map(encodeURIComponent).join("&");
const cacheUrl = (key: string) => `https://update-index.invalid/?${key}`;

async function refresh(ctx: Ctx, entry: Entry, target: Target): Promise<UpdateIndex> {
  try {
    const index = await load(ctx, target, () => stateOf(ctx.deps).entries.get(keyOf(target)) === entry);
    entry.index = index;
    return index;
  } finally {
    delete entry.loading;
  }
}

async function load(ctx: Ctx, target: Target, isCurrent: () => boolean): Promise<UpdateIndex> {
  const { edgeCache, clock } = ctx.deps;
  const url = cacheUrl(keyOf(target));
  // Until then the location's cache may hold what was there before a change made here.
  const mayBeOld = clock() - stateOf(ctx.deps).changedAt < LOCATION_SECONDS * 1000;
  const cached = mayBeOld ? undefined : await edgeCache?.match(url).catch(() => undefined);
  if (cached) return { ...((await cached.json()) as UpdateIndex), loadedAt: clock() };

  const candidates = await readCandidates(ctx, target);
  const index = { candidates, etag: sha256Hex(JSON.stringify(candidates)).slice(0, 16), loadedAt: clock() };
  if (!isCurrent()) return index;
  const stored = edgeCache?.put(
    url,
    new Response(JSON.stringify(index), { headers: { "Cache-Control": `max-age=${LOCATION_SECONDS}` } }),
  );
  if (stored) ctx.waitUntil(stored);
  return index;
}
