import { sql } from "drizzle-orm";
import { uploads, usage } from "../../schema/uploads.ts";
import { ageInSeconds, roomMetrics } from "../core/metrics.ts";

/** The states of uploads that have not ended, which are few. */
const OPEN = ["pending", "verifying", "held"] as const;

/** How full the quota is, and the uploads that are under way. */
export const uploadMetrics = roomMetrics(
  (q) => ({
    stored: q.select().from(usage),
    open: q
      .select({
        state: uploads.state,
        count: sql<number>`count(*)`,
        oldest: sql<number>`min(${uploads.createdAt})`,
      })
      .from(uploads)
      // In these words SQLite finds the index of open uploads.
      .where(sql`${uploads.state} IN ('pending', 'verifying', 'held')`)
      .groupBy(uploads.state),
  }),
  ({ stored, open }, ctx) => {
    const ofState = (state: string) => open.find((row) => row.state === state);
    return [
      {
        name: "slipway_storage_bytes",
        help: "Bytes that count against the quota, by category; reserved are those of open uploads.",
        type: "gauge",
        samples: stored.map(({ category, bytes }) => ({ labels: { category }, value: bytes })),
      },
      {
        name: "slipway_storage_quota_bytes",
        help: "Bytes that may be stored in all.",
        type: "gauge",
        samples: [{ value: ctx.deps.config.STORAGE_QUOTA_BYTES }],
      },
      {
        name: "slipway_open_uploads",
        help: "Uploads that have not ended, by state.",
        type: "gauge",
        samples: OPEN.map((state) => ({ labels: { state }, value: ofState(state)?.count ?? 0 })),
      },
      {
        name: "slipway_oldest_verifying_upload_age_seconds",
        help: "How long ago the oldest upload that is being verified was begun; 0 where there is none.",
        type: "gauge",
        samples: [{ value: ageInSeconds(ctx, ofState("verifying")?.oldest) }],
      },
    ];
  },
);
