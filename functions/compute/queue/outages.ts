import { sql } from "drizzle-orm";
import { tasks } from "../../../schema/compute/tasks.ts";
import type { Query } from "../../core/database/database.ts";
import { lastTick } from "../../core/ticks.ts";
import { isIn } from "./transitions.ts";

/**
 * The statement that gives every running task time until `until`, unless cron was alive after `aliveSince`. It answers the
 * tasks that had less time. The same batch must note the tick after it. Milliseconds since 1970.
 */
export const extendLeasesAfterOutage = (
  query: Query,
  { until, aliveSince }: { until: number; aliveSince: number },
) =>
  query
    .update(tasks)
    .set({
      leaseUntil: sql`max(${tasks.leaseUntil}, ${until})`,
      deadlineAt: sql`max(${tasks.deadlineAt}, ${until})`,
    })
    .where(
      sql`${isIn(["running"])} AND (${tasks.leaseUntil} < ${until} OR ${tasks.deadlineAt} < ${until})
        AND coalesce(${lastTick}, 0) < ${aliveSince}`,
    )
    .returning({ id: tasks.id });
