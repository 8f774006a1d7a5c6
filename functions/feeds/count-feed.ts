import type { Ctx } from "../core/context.ts";
import { orderingKey, type Version } from "../kit/versions.ts";
import { isTooLong, type Device } from "../rollouts/limits.ts";
import { countDaily } from "../rollouts/statistics/daily-counts.ts";
import { recordDevice } from "../rollouts/statistics/record-device.ts";
import type { FeedQuestion } from "./feed-question.ts";

/** A client that was given a feed. */
type Served = {
  /** The software's slug. */
  slug: string;
  device: Device;
  /** The version that it has, where it says so. */
  current: Version | null;
  /** The newest version that the feed names, as an order key. */
  newest: string | undefined;
};

/**
 * Counts that a feed was given: a check, an offer where it names a newer version than the client says that it has, and the
 * device, where it named itself and its version. Of a feed for several archs, the first is taken for the device's.
 */
export function countFeed(ctx: Ctx, { platform, arches, channels }: FeedQuestion, served: Served): void {
  const { slug, device, current, newest } = served;
  const orderKey = current && orderingKey(current);
  countDaily(ctx, { slug, platform, orderKey, kind: "checks" });
  if (orderKey !== null && newest !== undefined && newest > orderKey)
    countDaily(ctx, { slug, platform, orderKey: newest, kind: "offers" });
  const [arch] = arches;
  const [channel = "stable"] = channels;
  if (current && arch && device.id !== undefined && !isTooLong(device))
    recordDevice(ctx, device.id, { slug, version: current, channel, platform, arch });
}
