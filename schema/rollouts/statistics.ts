import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { arches, platforms } from "../packages.ts";
import { software } from "../releases.ts";

/** Days are those of UTC, counted since 1970. */
const day = () => integer("day").notNull();

/** The devices of each software, as they were seen last. `device` is a keyed hash of the id that a device chose. */
export const devices = sqliteTable(
  "devices",
  {
    softwareId: text("software_id")
      .notNull()
      .references(() => software.id, { onDelete: "cascade" }),
    device: text("device").notNull(),
    version: text("version").notNull(),
    channel: text("channel").notNull(),
    platform: text("platform", { enum: platforms }).notNull(),
    arch: text("arch", { enum: arches }).notNull(),
    day: day(),
  },
  (t) => [primaryKey({ columns: [t.softwareId, t.device] }), index("devices_day").on(t.day)],
);

/** How many devices were last seen on a day with a version; moved by triggers on devices. */
export const adoption = sqliteTable(
  "adoption",
  {
    softwareId: text("software_id").notNull(),
    day: day(),
    version: text("version").notNull(),
    channel: text("channel").notNull(),
    platform: text("platform", { enum: platforms }).notNull(),
    arch: text("arch", { enum: arches }).notNull(),
    devices: integer("devices").notNull(),
  },
  (t) => [primaryKey({ columns: [t.softwareId, t.day, t.version, t.channel, t.platform, t.arch] })],
);

/** Of what a device said that was never seen otherwise, so that its platform is not known. */
export const UNKNOWN_PLATFORM = "unknown";

/** What happened on a day with a version on a platform. */
export const dailyCounts = sqliteTable(
  "daily_counts",
  {
    softwareId: text("software_id")
      .notNull()
      .references(() => software.id, { onDelete: "cascade" }),
    day: day(),
    /** The device's own version for checks, the one that it was offered, fetched or spoke of for the rest. */
    version: text("version").notNull(),
    platform: text("platform", { enum: [...platforms, UNKNOWN_PLATFORM] }).notNull(),
    checks: integer("checks").notNull().default(0),
    offers: integer("offers").notNull().default(0),
    downloads: integer("downloads").notNull().default(0),
    installs: integer("installs").notNull().default(0),
    failures: integer("failures").notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.softwareId, t.day, t.version, t.platform] }),
    index("daily_counts_day").on(t.day),
  ],
);
