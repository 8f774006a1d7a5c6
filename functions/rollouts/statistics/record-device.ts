import type { arches, platforms } from "../../../schema/packages.ts";
import type { Ctx } from "../../core/context.ts";
import { perIsolate } from "../../core/isolate.ts";
import { createCounters } from "../../downloads/counts.ts";
import { orderingKey, type Version } from "../../kit/versions.ts";
import { deviceKey } from "../device-key.ts";
import { dayOf } from "./days.ts";
import { recordDevices, type RecordedDevice } from "./statistics.sql.ts";

/** Devices that an isolate remembers to have recorded today, at most 10 MB. Forgetting them costs only writes of nothing. */
const MOST_SEEN = 20_000;
/** Devices that wait to be written. What is more, while the database is away, is recorded when the device comes again. */
const MOST_WAITING = 5_000;
/** Devices of one statement: it takes a few milliseconds, in which nobody else writes. */
const SLICE = 500;

/** What a device was seen with. */
export type SeenWith = {
  /** The software's slug. */
  slug: string;
  version: Version;
  channel: string;
  platform: (typeof platforms)[number];
  arch: (typeof arches)[number];
};

const stateOf = perIsolate((deps) => ({
  /** What each device was recorded with, by software and id. */
  seen: new Map<string, string>(),
  waiting: createCounters<string>(async (devices) => {
    const rows = Array.from(devices.keys(), (text) => toRow(deps, JSON.parse(text) as Waiting));
    for (let from = 0; from < rows.length; from += SLICE) {
      const slice = rows.slice(from, from + SLICE);
      await deps.db.write((q) => ({ recorded: recordDevices(q, slice) }));
    }
  }, deps.clock),
}));

type Waiting = Omit<RecordedDevice, "device"> & { id: string };

function toRow(deps: Ctx["deps"], { id, ...row }: Waiting): RecordedDevice {
  return { ...row, device: deviceKey(deps, row.slug, id) };
}

/**
 * Records that a device was seen with a version: once a day, and once more where it comes with another version. It is
 * written a moment later, behind the answer; a crash loses what waits. Nothing is recorded where DEVICE_STATISTICS is off.
 * @param id what the device calls itself
 */
export function recordDevice(ctx: Ctx, id: string, seenWith: SeenWith): void {
  if (!ctx.deps.config.DEVICE_STATISTICS) return;
  const { slug, version, channel, platform, arch } = seenWith;
  const { seen, waiting } = stateOf(ctx.deps);
  const name = `${slug} ${id}`;
  const day = dayOf(ctx.deps.clock());
  const facts = `${day} ${version.canonical} ${channel} ${platform} ${arch}`;
  if (seen.get(name) === facts || waiting.size() >= MOST_WAITING) return;
  if (seen.size >= MOST_SEEN) seen.clear();
  seen.set(name, facts);
  const device = { slug, id, orderKey: orderingKey(version), channel, platform, arch, day };
  waiting.add(JSON.stringify(device satisfies Waiting), ctx.waitUntil);
}

/** Writes the devices that this isolate has seen. */
export const flushDevices = (ctx: Ctx): Promise<void> => stateOf(ctx.deps).waiting.flush();
