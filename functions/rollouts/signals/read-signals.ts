import { inArray } from "drizzle-orm";
import { software } from "../../../schema/releases.ts";
import type { Ctx } from "../../core/context.ts";
import { AppError } from "../../core/errors.ts";
import { perIsolate } from "../../core/isolate.ts";
import { orderingKey } from "../../kit/versions.ts";
import { readVersion } from "../../releases/read-version.ts";
import { deviceKey } from "../device-key.ts";
import { KEPT_MESSAGE, MAX_MESSAGE } from "./policy.ts";
import type { Signal } from "./schemas.ts";

/** A signal as the database takes it. One about a plugin's version has the plugin's name key in place of a slug. */
export type ReadSignal = {
  slug: string | null;
  plugin: string | null;
  orderKey: string;
  device: string;
  event: Signal["event"];
  from: string | null;
  message: string;
};

const DEFAULT_SOFTWARE = "omega";
/** Akeys that an isolate remembers the slugs of; they never change. */
const MOST_AKEYS = 1_000;

const slugsOf = perIsolate(() => new Map<string, string>());

/**
 * Signals with their versions read and their devices' ids hashed, in the same order. Those about an akey that no software
 * has are left out. Costs a round trip for akeys that this isolate has not seen.
 * @throws AppError INVALID_VERSION, MESSAGE_TOO_LONG
 */
export async function readSignals(ctx: Ctx, signals: readonly Signal[]): Promise<ReadSignal[]> {
  const read = signals.map((signal, index) => ({
    ...readTexts(signal, signals.length === 1 ? "" : `signals.${index}.`),
    name: signal.plugin === undefined ? (signal.software ?? DEFAULT_SOFTWARE) : undefined,
    signal,
  }));
  const slugs = await findSlugs(
    ctx,
    read.flatMap(({ name }) => name ?? []),
  );
  return read.flatMap(({ name, signal, ...texts }) => {
    const slug = name === undefined ? null : (slugs.get(name) ?? (isAkey(name) ? undefined : name));
    if (slug === undefined) return [];
    const plugin = signal.plugin?.toLowerCase() ?? null;
    const device = deviceKey(ctx.deps, slug ?? `plugin:${plugin}`, signal.device_id);
    return [{ ...texts, slug, plugin, device, event: signal.event }];
  });
}

function readTexts({ version, from_version: from, event, message = "" }: Signal, place: string) {
  if (message.length > MAX_MESSAGE)
    throw new AppError("MESSAGE_TOO_LONG", { field: `${place}message`, limit: MAX_MESSAGE });
  return {
    orderKey: orderingKey(readVersion(`${place}version`, version)),
    from: from === undefined ? null : readVersion(`${place}from_version`, from).name,
    message: event === "failed" || event === "crashed" ? keptMessage(message) : "",
  };
}

/** The beginning of a message in one line, without control characters; no character is cut in half. */
const keptMessage = (message: string) =>
  message
    .replaceAll(/\p{Cc}+/gu, " ")
    .trim()
    .slice(0, KEPT_MESSAGE)
    .replace(/[\ud800-\udbff]$/, "");

const isAkey = (name: string) => name.startsWith("soft_");

async function findSlugs(ctx: Ctx, names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const remembered = slugsOf(ctx.deps);
  const slugs = new Map<string, string>();
  const missing = new Set<string>();
  for (const name of names.filter(isAkey)) {
    const slug = remembered.get(name);
    if (slug === undefined) missing.add(name);
    else slugs.set(name, slug);
  }
  if (missing.size === 0) return slugs;
  const found = await ctx.deps.db.read((q) =>
    q
      .select({ akey: software.akey, slug: software.slug })
      .from(software)
      .where(inArray(software.akey, [...missing])),
  );
  if (remembered.size + found.length > MOST_AKEYS) remembered.clear();
  for (const { akey, slug } of found) {
    remembered.set(akey, slug);
    slugs.set(akey, slug);
  }
  return slugs;
}
