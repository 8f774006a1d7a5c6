import type { arches, platforms } from "../../schema/packages.ts";
import type { Ctx } from "../core/context.ts";
import { channelOf, orderingKey, parseVersion } from "../kit/versions.ts";
import type { Device } from "../rollouts/limits.ts";
import { dailyCounter } from "../rollouts/statistics/daily-counts.ts";
import { recordDevice } from "../rollouts/statistics/record-device.ts";

type Asked = {
  current_version: string;
  platform: (typeof platforms)[number];
  arch: (typeof arches)[number];
  channel?: string | undefined;
};

/**
 * Prepares to count how often an answer is given: each time is a check with the client's own version, an offer of another one
 * where the answer has one, and shows the device that asked, where it named itself.
 * @param offered the version that is offered
 */
export function answerCounter(slug: string, asked: Asked, offered: string | undefined) {
  const { platform, arch } = asked;
  const version = parseVersion(asked.current_version);
  const countCheck = dailyCounter({
    slug,
    platform,
    orderKey: version && orderingKey(version),
    kind: "checks",
  });
  const target = offered === undefined ? null : parseVersion(offered);
  const countOffer =
    target && dailyCounter({ slug, platform, orderKey: orderingKey(target), kind: "offers" });
  const seen = version && { slug, version, channel: asked.channel ?? channelOf(version), platform, arch };
  return (ctx: Ctx, { id }: Device): void => {
    countCheck(ctx);
    countOffer?.(ctx);
    if (id !== undefined && seen) recordDevice(ctx, id, seen);
  };
}
