import type { Context } from "hono";
import { privateHeaders, readCredential } from "../accounts/authenticate.middleware.ts";
import { AppError } from "../core/errors.ts";
import { briefly } from "../core/http/etags.ts";
import { contextOf, type AppEnv } from "../core/http/request.ts";
import { parseVersion, type Version } from "../kit/versions.ts";
import { forOneDevice, readDevice } from "../rollouts/device.middleware.ts";
import { dependsOnDevice, DEVICE_HEADER, type Device } from "../rollouts/limits.ts";
import { findFeedIndex, type FeedIndex } from "./feed-index.ts";
import type { FeedQuestion } from "./feed-question.ts";
import { bitsIn } from "./feed-view.ts";
import { VERSION_HEADER } from "./schemas.ts";

/** How a feed's client says who it is and what it has, beside what every feed reads. */
export type FeedClient = {
  /** The device's own version, where the client's request names it. */
  current?: string | undefined;
  /** Whether older versions may be named to it all the same, because its client takes none and needs to be told something. */
  mayNameOlder?: boolean;
  /** Where its client names the device. */
  deviceIn?: { query?: string; header?: string };
};

/** The index that a request is answered from, and what the answer depends on besides. */
export type FoundFeed = {
  index: FeedIndex;
  /** Who asks, and with which version, where it says so. */
  device: Device;
  told: Version | null;
  /** Which of the index's rollouts the device is in. */
  bits: string;
  /** The device's version, where nothing older may be named to it. */
  newerThan: Version | null;
  isPrivate: boolean;
  /** Whether the answer depends on a header, so that no shared cache may keep it. */
  isForOne: boolean;
  /** Who may keep the answer. */
  caching: Record<string, string>;
};

/** Finds what a feed is answered from. @throws AppError INVALID_API_KEY for whoever may not see the software; FEED_EMPTY where there is none. */
export async function findFeed(
  c: Context<AppEnv>,
  question: FeedQuestion,
  { current: own, mayNameOlder = false, deviceIn = {} }: FeedClient,
): Promise<FoundFeed> {
  const inUrl = own ?? c.req.query("current_version");
  const told = { inUrl, inHeader: c.req.header(VERSION_HEADER) };
  const found = await findFeedIndex(contextOf(c), question, readCredential(c), told);
  const { index, current, isLimited } = found;
  const { isPrivate } = index.software;
  if (!index.isKnown) throw new AppError("FEED_EMPTY");
  const device = readDevice(c, deviceIn);
  const isAnyDevice = device.isInQuery || !dependsOnDevice(index.limits, device);
  const isForOne = isLimited && (inUrl === undefined || !isAnyDevice);
  const headers = [DEVICE_HEADER, VERSION_HEADER, ...(deviceIn.header ? [deviceIn.header] : [])];
  const mayNone = !mayNameOlder && (isLimited || own === undefined);
  const said = inUrl ?? told.inHeader;
  return {
    index,
    device,
    told: current ?? (said === undefined ? null : parseVersion(said)),
    bits: bitsIn(index, { device, current }),
    newerThan: mayNone ? current : null,
    isPrivate,
    isForOne,
    caching: isPrivate ? privateHeaders : isForOne ? forOneDevice(...headers) : briefly,
  };
}
