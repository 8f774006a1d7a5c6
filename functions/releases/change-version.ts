import { sql, type SQL } from "drizzle-orm";
import { versions } from "../../schema/releases.ts";
import type { Query } from "../core/database/database.ts";
import { hasNoLatest, outranksLatest, unsetLatest } from "./latest.ts";

/** What people read of a version. */
export type VersionTexts = { notes?: string | undefined; description?: string | undefined };

/** Changes what a version says of itself, where a condition on its row holds; what is not given stays. */
export function setVersionTexts(q: Query, isIt: SQL | undefined, { notes, description }: VersionTexts) {
  return q
    .update(versions)
    .set({
      notes: notes ?? sql`${versions.notes}`,
      description: description ?? sql`${versions.description}`,
    })
    .where(isIt)
    .returning({ id: versions.id });
}

/**
 * The statements that move a version to another channel, where a condition on its row holds: one that is offered becomes the
 * latest if it is by the rule for new versions.
 */
export function moveVersion(
  q: Query,
  isIt: SQL,
  { orderKey, channel }: { orderKey: string; channel: string },
) {
  const softwareId = sql`(SELECT ${versions.softwareId} FROM ${versions} WHERE ${isIt} AND NOT ${versions.isWithdrawn})`;
  const isVacant = hasNoLatest(sql`${versions.softwareId}`);
  return {
    unset: unsetLatest(q, softwareId, outranksLatest({ orderKey, channel })),
    moved: q
      .update(versions)
      .set({ channel, isLatest: sql`${versions.isLatest} OR (NOT ${versions.isWithdrawn} AND ${isVacant})` })
      .where(isIt)
      .returning({ id: versions.id }),
  };
}
