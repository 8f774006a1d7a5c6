import type { Config } from "../../core/env.ts";

/** Polls that a server may miss before it counts as offline. */
const MISSED_POLLS = 3;

export type ServerStatus = "online" | "offline";

/** A server last seen after this is online. @param now milliseconds since 1970 */
export const onlineSince = (config: Config, now: number): number =>
  now - MISSED_POLLS * 1000 * config.POLL_INTERVAL_SECONDS;

/** Whether its agent has been heard of lately; whether it gets new tasks is another question. */
export const statusOf = (config: Config, lastSeenAt: number | null, now: number): ServerStatus =>
  lastSeenAt !== null && lastSeenAt > onlineSince(config, now) ? "online" : "offline";
