import { isOutFor, type Share } from "../kit/rollout.ts";

/** A rollout that keeps a version from some devices, as the indexes of what is offered keep it. */
export type Limit = Share & {
  /** The version's. */
  orderKey: string;
  /** Why it is in its state. */
  reason: string;
};

/** Characters of a device's id: ids are UUIDs or the like, and what is sent has to be hashed. */
export const MAX_DEVICE_ID = 200;

/** The header in which a device may name itself, in place of `device_id` in the query. */
export const DEVICE_HEADER = "x-device-id";

/** A device that asks what it is offered. */
export type Device = {
  /** The id that it chose and keeps. */
  id?: string | undefined;
  /** Whether a person asked: active rollouts are then out for everybody. */
  isForced?: boolean | undefined;
  /** Its own version as an order key, where it is known. */
  key?: string | undefined;
};

/** Whether a device's id is too long to be one. */
export const isTooLong = ({ id = "" }: Device): boolean => id.length > MAX_DEVICE_ID;

/**
 * Which of these rollouts a device is in, as a text of one `1` or `0` for each: all that an answer depends on of a device, so
 * that devices with the same text share their answers. What a device has is out for it, unless it was rolled back: whatever
 * becomes of a rollout, nobody is led back by it.
 */
export const bitsOf = (limits: readonly Limit[], device: Device): string =>
  limits.map((limit) => (isIn(limit, device) ? "1" : "0")).join("");

const isIn = (limit: Limit, { id, isForced = false, key }: Device): boolean =>
  isOutFor(limit, id, isForced) || (limit.orderKey === key && limit.state !== "rolled_back");

/** Whether a package is out for a device with these bits. `limit` is the place of its rollout among the index's, if it has one. */
export const isOffered = ({ limit }: { limit?: number | undefined }, bits: string): boolean =>
  limit === undefined || bits[limit] === "1";

/** Whether it matters to any of these rollouts which device asks. */
export const dependsOnDevice = (limits: readonly Limit[], { isForced = false }: Device): boolean =>
  !isForced && limits.some(({ state }) => state === "active");

/** Whether the version that a device has was rolled back. */
export const isRolledBack = (limits: readonly Limit[], key: string | undefined): boolean =>
  limits.some(({ orderKey, state }) => orderKey === key && state === "rolled_back");

/** A rollout as a row of packages brings it. */
type LimitRow = Share & { id: string; reason: string };

/** Collects the rollouts of an index's rows, each once. @returns the place of a row's rollout */
export function collectLimits() {
  const limits: Limit[] = [];
  const places = new Map<string, number>();
  const placeOf = (row: LimitRow | null, orderKey: string): number | undefined => {
    if (!row) return undefined;
    const { id, ...share } = row;
    const place = places.get(id) ?? limits.push({ ...share, orderKey }) - 1;
    places.set(id, place);
    return place;
  };
  return { limits, placeOf };
}
