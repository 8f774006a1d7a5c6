import { orderingKey, type Version } from "../kit/versions.ts";
import { bitsOf, isRolledBack, isTooLong, type Device } from "../rollouts/limits.ts";
import type { FeedIndex } from "./feed-index.ts";
import { releasesFor } from "./feed-releases.ts";

/** Who asks. Ids that are too long count as none. */
type Asking = { device: Device; current: Version | null };

/** Which of an index's rollouts a device is in. */
export function bitsIn({ limits }: FeedIndex, { device, current }: Asking): string {
  if (limits.length === 0) return "";
  const id = isTooLong(device) ? undefined : device.id;
  return bitsOf(limits, { ...device, id, key: current ? orderingKey(current) : undefined });
}

/**
 * The index as a device may see it.
 * @param current the device's version where nothing older may be named to it: some clients would take that. Older ones are
 *   still named to a device whose version was rolled back
 */
export function viewOf(index: FeedIndex, bits: string, current: Version | null): FeedIndex {
  const out = index.limits.length === 0 ? index.releases : releasesFor(index.releases, bits);
  if (!current) return { ...index, releases: out };
  const key = orderingKey(current);
  const isOut = out.some(({ orderKey }) => orderKey === key);
  const mayReturn = !isOut && isRolledBack(index.limits, key);
  return { ...index, releases: mayReturn ? out : out.filter(({ orderKey }) => orderKey >= key) };
}
