import { and, eq } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import { software, versions } from "../../schema/releases.ts";
import type { Ctx } from "../core/context.ts";
import { perIsolate } from "../core/isolate.ts";
import { accessColumns, type SoftwareAccess } from "../releases/access.ts";
import { whenReleasesChange } from "../releases/changes.ts";

/** How long another isolate may still accept a pair that was deleted. */
const FRESH_MS = 5_000;
/** Pairs that an isolate remembers. */
const MAX_PAIRS = 10_000;

export type KeyPair = { akey: string; vkey: string };
type Release = { vkey: string; version: string; createdAt: number };

/** The version that a client's keys stand for, and the latest one of its software. */
export type Pair = { known: true; software: SoftwareAccess; own: Release; latest: Release | null };
export type UnknownPair = { known: false; unknown: "akey" | "vkey" };

type Entry = { pair: Pair; foundAt: number };

const statesOf = perIsolate(() => ({ entries: new Map<string, Entry>() }));
whenReleasesChange((ctx) => {
  statesOf(ctx.deps).entries = new Map();
});

/** What a pair of keys stands for, from the isolate's memory or by one query. Only valid pairs are remembered. */
export async function findPair(ctx: Ctx, { akey, vkey }: KeyPair): Promise<Pair | UnknownPair> {
  const { entries } = statesOf(ctx.deps);
  const key = `${akey} ${vkey}`;
  const now = ctx.deps.clock();
  const existing = entries.get(key);
  if (existing && now - existing.foundAt < FRESH_MS) return existing.pair;

  const pair = await readPair(ctx, akey, vkey);
  // A change that was made during the query has replaced the map. The answer may be from before the change, so it must not
  // enter the new one.
  entries.delete(key);
  if (!pair.known) return pair;
  if (entries.size >= MAX_PAIRS) entries.delete(entries.keys().next().value ?? "");
  entries.set(key, { pair, foundAt: now });
  return pair;
}

async function readPair(ctx: Ctx, akey: string, vkey: string): Promise<Pair | UnknownPair> {
  const own = alias(versions, "own");
  const latest = alias(versions, "latest");
  const [row] = await ctx.deps.db.read((q) =>
    q
      .select({
        software: accessColumns(),
        own: { vkey: own.vkey, version: own.version, createdAt: own.createdAt },
        latest: { vkey: latest.vkey, version: latest.version, createdAt: latest.createdAt },
      })
      .from(software)
      .leftJoin(own, and(eq(own.softwareId, software.id), eq(own.vkey, vkey)))
      .leftJoin(latest, and(eq(latest.softwareId, software.id), eq(latest.isLatest, true)))
      .where(eq(software.akey, akey)),
  );
  if (!row) return { known: false, unknown: "akey" };
  const { software: access, own: release, latest: newest } = row;
  return release
    ? { known: true, software: access, own: release, latest: newest }
    : { known: false, unknown: "vkey" };
}
