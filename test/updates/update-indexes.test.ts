import { describe, expect, test, vi } from "vitest";
import type { Database } from "../../functions/core/database/database.ts";
import type { Deps, EdgeCache } from "../../functions/core/deps.ts";
import { unavailable } from "../../functions/core/errors.ts";
import { deletePackage } from "../../functions/packages/delete-package.ts";
import { unyankPackage, yankPackage } from "../../functions/packages/yank-package.ts";
import type { Target } from "../../functions/updates/newest-packages.sql.ts";
import { findIndex, forgetIndexes } from "../../functions/updates/update-indexes.ts";
import { useDomain, type Domain } from "../support/domain.ts";
import { publishPackage } from "../support/domain/packages.ts";

vi.setConfig({ testTimeout: 60_000 });

const FRESH_MS = 5_000;
const target: Target = { software: "omega", platform: "windows", arch: "x64", channel: "stable" };

const openDomain = useDomain();

const versionsOf = (index: Awaited<ReturnType<typeof findIndex>>) =>
  index.candidates.map((candidate) => candidate.version);

/** A database that counts its reads, can be held back and can be away. */
function watched(db: Database) {
  const answered = Promise.withResolvers<void>();
  const state = {
    reads: 0,
    away: false,
    hold: undefined as Promise<void> | undefined,
    firstAnswer: answered.promise,
  };
  const readBatch: Database["readBatch"] = async (build) => {
    state.reads++;
    if (state.away) throw unavailable(new Error("away"));
    const answer = await db.readBatch(build);
    answered.resolve();
    await state.hold;
    return answer;
  };
  return { state, db: { ...db, readBatch } };
}

function cacheInMemory() {
  const stored = new Map<string, string>();
  const cache: EdgeCache = {
    match: (url) => {
      const body = stored.get(url);
      return Promise.resolve(body === undefined ? undefined : new Response(body));
    },
    put: async (url, response) => void stored.set(url, await response.text()),
    delete: (url) => Promise.resolve(stored.delete(url)),
  };
  return { stored, cache };
}

/** The same as a location's cache has it: by the address that a URL is sent to. */
function cacheByAddress() {
  const { cache } = cacheInMemory();
  const address = (url: string) => new URL(url).href.replace(/#.*/, "");
  return {
    cache: {
      match: (url: string) => cache.match(address(url)),
      put: (url: string, response: Response) => cache.put(address(url), response),
      delete: (url: string) => cache.delete(address(url)),
    },
  };
}

function open(domain: Domain, changes: Partial<Deps> = {}) {
  const { state, db } = watched(domain.deps.db);
  return { state, ctx: domain.isolate({ db, ...changes }) };
}

/** Channels that clients made up to be taken for another target's. */
const lookalikes: [asked: Target, meant: Target][] = [
  [
    { ...target, channel: "beta/zip" },
    { ...target, channel: "beta", format: "zip" },
  ],
  [
    { ...target, channel: "beta#1" },
    { ...target, channel: "beta" },
  ],
  [
    { ...target, channel: "x/../beta" },
    { ...target, channel: "beta" },
  ],
];

test.each(lookalikes)("what %j is answered is kept from whoever asks %j", async (asked, meant) => {
  const domain = await openDomain();
  await publishPackage(domain, { version: "1.0.0" });
  await publishPackage(domain, { version: "2.0.0-beta.1" });
  const { cache } = cacheByAddress();
  const { ctx } = open(domain, { edgeCache: cache });
  expect(versionsOf(await findIndex(ctx, asked))).toEqual(["1.0.0"]);
  expect(versionsOf(await findIndex(ctx, meant))).toContain("2.0.0-beta.1");
  expect(versionsOf(await findIndex(domain.isolate({ edgeCache: cache }), meant))).toContain("2.0.0-beta.1");
});

describe("the index of an isolate", () => {
  test("costs one query for 100 questions at once, and none while it is fresh", async () => {
    const domain = await openDomain();
    await publishPackage(domain);
    const { ctx, state } = open(domain);
    const answers = await Promise.all(Array.from({ length: 100 }, () => findIndex(ctx, target)));
    expect(answers.flatMap(versionsOf)).toEqual(Array(100).fill("1.0.0"));
    await findIndex(ctx, target);
    expect(state.reads).toBe(1);
  });

  test("costs one query for a target with nothing published", async () => {
    const domain = await openDomain();
    const { ctx, state } = open(domain);
    expect(versionsOf(await findIndex(ctx, target))).toEqual([]);
    await findIndex(ctx, target);
    expect(state.reads).toBe(1);
  });

  test("is used while it is refreshed, by one query behind the answer", async () => {
    const domain = await openDomain();
    await publishPackage(domain, { version: "1.0.0" });
    const { ctx, state } = open(domain);
    await findIndex(ctx, target);
    await publishPackage(domain, { version: "1.1.0" });
    domain.advance(FRESH_MS);
    const stale = await Promise.all(Array.from({ length: 100 }, () => findIndex(ctx, target)));
    expect(stale.flatMap(versionsOf)).toEqual(Array(100).fill("1.0.0"));
    await domain.settle();
    expect(versionsOf(await findIndex(ctx, target))).toEqual(["1.1.0"]);
    expect(state.reads).toBe(2);
  });

  test("goes on answering while the database is away, and recovers with it", async () => {
    const domain = await openDomain();
    await publishPackage(domain, { version: "1.0.0" });
    const { ctx, state } = open(domain);
    await findIndex(ctx, target);
    state.away = true;
    for (let minute = 0; minute < 3; minute++) {
      domain.advance(60_000);
      expect(versionsOf(await findIndex(ctx, target))).toEqual(["1.0.0"]);
      await domain.settle();
    }
    state.away = false;
    await publishPackage(domain, { version: "1.1.0" });
    domain.advance(60_000);
    await findIndex(ctx, target);
    await domain.settle();
    expect(versionsOf(await findIndex(ctx, target))).toEqual(["1.1.0"]);
  });

  test("that was never loaded cannot answer while the database is away, but can after", async () => {
    const domain = await openDomain();
    await publishPackage(domain);
    const { ctx, state } = open(domain);
    state.away = true;
    await expect(findIndex(ctx, target)).rejects.toMatchObject({ code: "SERVICE_UNAVAILABLE" });
    state.away = false;
    expect(versionsOf(await findIndex(ctx, target))).toEqual(["1.0.0"]);
  });

  test("that is forgotten while it loads is loaded anew", async () => {
    const domain = await openDomain();
    await publishPackage(domain, { version: "1.0.0" });
    const { ctx, state } = open(domain);
    const hold = Promise.withResolvers<void>();
    state.hold = hold.promise;
    const loading = findIndex(ctx, target);
    await state.firstAnswer;
    await publishPackage(domain, { version: "1.1.0" });
    forgetIndexes(ctx);
    hold.resolve();
    await loading;
    state.hold = undefined;
    expect(versionsOf(await findIndex(ctx, target))).toEqual(["1.1.0"]);
  });

  test("shows at once what this isolate published, yanked, unyanked and deleted", async () => {
    const domain = await openDomain();
    const first = await publishPackage(domain, { version: "1.0.0" });
    const seen = async () => versionsOf(await findIndex(domain.ctx, target));
    expect(await seen()).toEqual(["1.0.0"]);
    const second = await publishPackage(domain, { version: "1.1.0" });
    expect(await seen()).toEqual(["1.1.0"]);
    await yankPackage(domain.ctx, Number(second.package_id));
    expect(await seen()).toEqual(["1.0.0"]);
    await unyankPackage(domain.ctx, Number(second.package_id));
    expect(await seen()).toEqual(["1.1.0"]);
    await deletePackage(domain.ctx, Number(second.package_id));
    expect(await seen()).toEqual(["1.0.0"]);
    await deletePackage(domain.ctx, Number(first.package_id));
    expect(await seen()).toEqual([]);
  });

  test("has a tag that changes with its content alone", async () => {
    const domain = await openDomain();
    await publishPackage(domain, { version: "1.0.0" });
    const first = await findIndex(domain.isolate(), target);
    const same = await findIndex(domain.isolate(), target);
    await publishPackage(domain, { version: "1.1.0" });
    const other = await findIndex(domain.isolate(), target);
    expect(same.etag).toBe(first.etag);
    expect(other.etag).not.toBe(first.etag);
  });
});

describe("the cache of a location", () => {
  test("spares a new isolate the database", async () => {
    const domain = await openDomain();
    await publishPackage(domain);
    const { cache } = cacheInMemory();
    await findIndex(domain.isolate({ edgeCache: cache }), target);
    await domain.settle();
    const { ctx, state } = open(domain, { edgeCache: cache });
    state.away = true;
    expect(versionsOf(await findIndex(ctx, target))).toEqual(["1.0.0"]);
    expect(state.reads).toBe(0);
  });

  test("forgets with the isolate that changed something", async () => {
    const domain = await openDomain();
    await publishPackage(domain, { version: "1.0.0" });
    const { cache, stored } = cacheInMemory();
    const { ctx } = open(domain, { edgeCache: cache });
    await findIndex(ctx, target);
    await domain.settle();
    expect(stored.size).toBe(1);
    await publishPackage(domain, { version: "1.1.0" });
    forgetIndexes(ctx);
    expect(versionsOf(await findIndex(ctx, target))).toEqual(["1.1.0"]);
  });

  test("does not keep what was loaded before a change and arrived after it", async () => {
    const domain = await openDomain();
    await publishPackage(domain, { version: "1.0.0" });
    const { cache } = cacheInMemory();
    const { ctx, state } = open(domain, { edgeCache: cache });
    const hold = Promise.withResolvers<void>();
    state.hold = hold.promise;
    const loading = findIndex(ctx, target);
    await state.firstAnswer;
    await publishPackage(domain, { version: "1.1.0" });
    forgetIndexes(ctx);
    hold.resolve();
    await loading;
    await domain.settle();
    expect(versionsOf(await findIndex(ctx, target))).toEqual(["1.1.0"]);
  });

  test("that fails costs a query and nothing else", async () => {
    const domain = await openDomain();
    await publishPackage(domain);
    const fail = () => Promise.reject(new Error("no cache"));
    const { ctx, state } = open(domain, { edgeCache: { match: fail, put: fail, delete: fail } });
    expect(versionsOf(await findIndex(ctx, target))).toEqual(["1.0.0"]);
    expect(state.reads).toBe(1);
  });
});
