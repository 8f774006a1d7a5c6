import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { moment } from "../columns.ts";

export const signalKinds = ["installed", "started", "failed", "crashed"] as const;

/**
 * What each device said last of a version, and when. The device's id is not kept: `device` is a keyed hash of it, good for one
 * software.
 */
export const deviceSignals = sqliteTable(
  "device_signals",
  {
    /** The id of a version, or `plugin:` and that of a plugin's version. */
    subject: text("subject").notNull(),
    device: text("device").notNull(),
    installedAt: moment("installed_at"),
    startedAt: moment("started_at"),
    failedAt: moment("failed_at"),
    crashedAt: moment("crashed_at"),
    /** What the device said of its last failure. */
    message: text("message").notNull().default(""),
    /** The version that the device came from, as it said. */
    fromVersion: text("from_version"),
    updatedAt: moment("updated_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.subject, t.device] }), index("device_signals_updated").on(t.updatedAt)],
);

/** Sums of the signals of each version, moved by triggers. */
export const signalCounts = sqliteTable("signal_counts", {
  subject: text("subject").primaryKey(),
  /** Devices that said anything. */
  reports: integer("reports").notNull().default(0),
  installed: integer("installed").notNull().default(0),
  started: integer("started").notNull().default(0),
  /** Devices that failed or crashed and did not start since. */
  failures: integer("failures").notNull().default(0),
});
