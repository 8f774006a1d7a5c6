import { and, asc, eq, gt, sql } from "drizzle-orm";
import { pluginVersions, plugins } from "../../../schema/plugins.ts";
import { software, versions } from "../../../schema/releases.ts";
import { rollouts } from "../../../schema/rollouts/rollouts.ts";
import type { Query } from "../../core/database/database.ts";
import { selectRollouts } from "../describe-rollout.ts";

/** What signals are about, as far as it finds a rollout. */
type Subject = { slug: string | null; plugin: string | null; orderKey: string };

/** The active rollouts behind an id, in the order of their ids. */
export const selectActive = (q: Query, after: string, most: number) =>
  selectRollouts(q)
    .where(and(eq(rollouts.state, "active"), gt(rollouts.id, after)))
    .orderBy(asc(rollouts.id))
    .limit(most);

/** The active rollouts of the versions that signals are about. */
export function selectTippable(q: Query, subjects: readonly Subject[]) {
  const wanted = JSON.stringify([
    ...new Map(
      subjects.map(({ slug, plugin, orderKey }) => [
        `${slug} ${plugin} ${orderKey}`,
        { slug, plugin, orderKey },
      ]),
    ).values(),
  ]);
  const field = (name: keyof Subject) => sql`value ->> ${name}`;
  const ofSoftware = sql`SELECT ${versions.id} FROM json_each(${wanted})
    CROSS JOIN ${software} ON ${software.slug} = ${field("slug")}
    JOIN ${versions} ON ${versions.softwareId} = ${software.id} AND ${versions.orderKey} = ${field("orderKey")}`;
  const ofPlugins = sql`SELECT ${pluginVersions.id} FROM json_each(${wanted})
    CROSS JOIN ${plugins} ON ${plugins.nameKey} = ${field("plugin")}
    JOIN ${pluginVersions} ON ${pluginVersions.pluginName} = ${plugins.name} AND ${pluginVersions.orderKey} = ${field("orderKey")}`;
  const isAbout = sql`(${rollouts.versionId} IN (${ofSoftware}) OR ${rollouts.pluginVersionId} IN (${ofPlugins}))`;
  return selectRollouts(q).where(and(eq(rollouts.state, "active"), isAbout));
}
