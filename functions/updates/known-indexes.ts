import type { Ctx } from "../core/context.ts";
import type { Deps } from "../core/deps.ts";
import { perIsolate } from "../core/isolate.ts";
import { sha256Hex } from "../kit/hash/hash.ts";
import { whenReleasesChange } from "../releases/changes.ts";

/** An answer to a question that an isolate keeps. */
export type Known<T> = T & {
  /** Differs whenever the content does. */
  etag: string;
  /** Milliseconds since 1970. */
  loadedAt: number;
};

/** For this long an isolate uses its index without asking. After that it still uses the index while it loads a new one. */
const FRESH_MS = 5_000;
/**
 * How long the location's cache keeps an index, in seconds. So what another location publishes is seen here after the sum
 * of both times.
 */
const LOCATION_SECONDS = 10;
/** How long a request waits for a load that another request began, before it loads for itself. */
const LONGEST_JOIN_MS = 2_000;
/** A load that takes longer died with the request that began it, so the next request begins another. */
const LOADING_LOST_MS = 15_000;

type Entry<T> = { index?: Known<T>; loading?: Promise<Known<T>>; loadingSince?: number };
type State<T> = { entries: Map<string, Entry<T>>; changedAt: number };

export type Indexes<Question, T> = {
  /** Looks in the isolate, the location's cache and the database, in this order. */
  find: (ctx: Ctx, question: Question) => Promise<Known<T>>;
  /** Whether a request would still get `index` without asking the cache or the database. */
  isFresh: (deps: Deps, question: Question, index: Known<T>) => boolean;
  /**
   * Makes a change visible at once in this isolate, and soon in this location. All indexes are forgotten: there are few,
   * and they are quickly loaded again. A load that has already begun may bring old content. It answers the requests that
   * wait for it, and is not kept.
   */
  forget: (ctx: Ctx) => void;
};

/**
 * Indexes that answer questions about releases. The isolate keeps each for a while, and so does the location's cache, as
 * JSON.
 * @param kind a name of its own, which changes when the content gets another shape
 * @param keyOf what distinguishes questions, fit for a URL
 * @param most how many an isolate keeps, limited because clients choose the questions
 * @param read asks the database
 */
export function createIndexes<Question, T extends object>(
  kind: string,
  keyOf: (question: Question) => string,
  most: number,
  read: (ctx: Ctx, question: Question) => Promise<T>,
): Indexes<Question, T> {
  const stateOf = perIsolate((): State<T> => ({ entries: new Map(), changedAt: -Infinity }));
  const cacheUrl = (key: string) => `https://${kind}.invalid/?${key}`;

  async function find(ctx: Ctx, question: Question): Promise<Known<T>> {
    const { entries } = stateOf(ctx.deps);
    const key = keyOf(question);
    let entry = entries.get(key);
    if (!entry) {
      if (entries.size >= most) entries.delete(entries.keys().next().value ?? "");
      entries.set(key, (entry = {}));
    }
    if (entry.index && ctx.deps.clock() - entry.index.loadedAt < FRESH_MS) return entry.index;
    const now = ctx.deps.clock();
    if (entry.loading && now - (entry.loadingSince ?? 0) < LOADING_LOST_MS) {
      return entry.index ?? joinLoading(ctx, entry.loading, question);
    }
    entry.loadingSince = now;
    entry.loading = refresh(ctx, entry, question);
    if (!entry.index) return entry.loading;
    ctx.waitUntil(entry.loading);
    return entry.index;
  }

  /**
   * Waits for the load that another request began, but not for ever, because that request may have been ended. The timer
   * also shows the Workers runtime that this request is not hung.
   */
  async function joinLoading(ctx: Ctx, loading: Promise<Known<T>>, question: Question): Promise<Known<T>> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tooLong = new Promise<undefined>((resolve) => {
      timer = setTimeout(resolve, LONGEST_JOIN_MS, undefined);
    });
    const index = await Promise.race([loading, tooLong]);
    clearTimeout(timer);
    return index ?? load(ctx, question, () => false);
  }

  async function refresh(ctx: Ctx, entry: Entry<T>, question: Question): Promise<Known<T>> {
    try {
      const isCurrent = () => stateOf(ctx.deps).entries.get(keyOf(question)) === entry;
      const index = await load(ctx, question, isCurrent);
      entry.index = index;
      return index;
    } finally {
      delete entry.loading;
    }
  }

  async function load(ctx: Ctx, question: Question, isCurrent: () => boolean): Promise<Known<T>> {
    const { edgeCache, clock } = ctx.deps;
    const url = cacheUrl(keyOf(question));
    // For this long after a change made here, the location's cache may still hold what was there before.
    const mayBeOld = clock() - stateOf(ctx.deps).changedAt < LOCATION_SECONDS * 1000;
    const cached = mayBeOld ? undefined : await edgeCache?.match(url).catch(() => undefined);
    if (cached) return { ...((await cached.json()) as Known<T>), loadedAt: clock() };

    const content = await read(ctx, question);
    const etag = sha256Hex(JSON.stringify(content)).slice(0, 16);
    const index = { ...content, etag, loadedAt: clock() };
    if (!isCurrent()) return index;
    const stored = edgeCache?.put(
      url,
      new Response(JSON.stringify(index), { headers: { "Cache-Control": `max-age=${LOCATION_SECONDS}` } }),
    );
    if (stored) ctx.waitUntil(stored);
    return index;
  }

  function forget(ctx: Ctx): void {
    const state = stateOf(ctx.deps);
    for (const key of state.entries.keys()) {
      const deleted = ctx.deps.edgeCache?.delete(cacheUrl(key));
      if (deleted) ctx.waitUntil(deleted);
    }
    state.entries = new Map();
    state.changedAt = ctx.deps.clock();
  }

  whenReleasesChange(forget);
  return {
    find,
    isFresh: (deps, question, index) =>
      deps.clock() - index.loadedAt < FRESH_MS && stateOf(deps).entries.get(keyOf(question))?.index === index,
    forget,
  };
}
