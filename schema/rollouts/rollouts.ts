import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { rolloutStates, type RolloutPolicy, type RolloutStep } from "../../functions/kit/rollout.ts";
import { createdAt, moment } from "../columns.ts";
import { pluginVersions } from "../plugins.ts";
import { versions } from "../releases.ts";

/** Versions that are given to a growing share of the devices. A version without one is out for all. */
export const rollouts = sqliteTable(
  "rollouts",
  {
    id: text("id").primaryKey(),
    /** What is rolled out: a version of a software, or one of a plugin. */
    versionId: text("version_id").references(() => versions.id, { onDelete: "cascade" }),
    pluginVersionId: integer("plugin_version_id").references(() => pluginVersions.id, {
      onDelete: "cascade",
    }),
    /** The packages of the version that it governs are those on this channel; empty for plugins. */
    channel: text("channel").notNull(),
    /** Decides, with a device's id, the cohort of the device. Nobody outside learns it. */
    seed: text("seed").notNull(),
    steps: text("steps", { mode: "json" }).$type<RolloutStep[]>().notNull(),
    policy: text("policy", { mode: "json" }).$type<RolloutPolicy>().notNull(),
    /** NULL is refused: the rollout was changed meanwhile, or has ended. */
    state: text("state", { enum: rolloutStates }).notNull(),
    /** The index of the step that it is at. */
    step: integer("step").notNull().default(0),
    /** The share of the step, of 10,000 cohorts. */
    basisPoints: integer("basis_points").notNull(),
    stepStartedAt: moment("step_started_at").notNull(),
    /** Why it is in its state, in its publisher's or the policy's words; empty where nobody said. */
    reason: text("reason").notNull().default(""),
    /** When its publisher was told that it fails, where the policy says to tell and go on. */
    notifiedAt: moment("notified_at"),
    /** What devices had said when it was last resumed: reports, and failures. */
    pastReports: integer("past_reports").notNull().default(0),
    pastFailures: integer("past_failures").notNull().default(0),
    /** Raised with every change. Who decides by an old state changes nothing. */
    revision: integer("revision").notNull().default(0),
    createdBy: text("created_by").notNull(),
    createdAt: createdAt(),
    updatedAt: moment("updated_at").notNull(),
  },
  (t) => [
    uniqueIndex("rollouts_version").on(t.versionId, t.channel),
    uniqueIndex("rollouts_plugin_version").on(t.pluginVersionId),
    index("rollouts_state").on(t.state, t.id),
    check("rollouts_subject", sql`(${t.versionId} IS NULL) <> (${t.pluginVersionId} IS NULL)`),
  ],
);
