import type { packages } from "../../schema/packages.ts";

type Package = typeof packages.$inferSelect;

/** What a feed is asked about. `software` is a slug or an akey. */
export type FeedQuestion = {
  software: string;
  platform: Package["platform"];
  arches: readonly Package["arch"][];
  /** The channel asked for and all that are more stable. */
  channels: readonly string[];
  /** The order key of the highest gate that the asking device has passed; absent for feeds that all devices read. */
  floor?: string | undefined;
};
