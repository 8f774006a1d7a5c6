import { eq, sql, type SQL } from "drizzle-orm";
import { software } from "../../schema/releases.ts";
import type { Query, Statement } from "../core/database/database.ts";
import { newId } from "../kit/ids.ts";
import { nameKey, slugsFor } from "./names.ts";

export type Visibility = (typeof software.$inferSelect)["visibility"];

/** The id of the software with this slug; NULL where there is none. */
export const softwareBySlug = (slug: string): SQL<string> =>
  sql`(SELECT ${software.id} FROM ${software} WHERE ${software.slug} = ${slug})`;

/** The same for an id: NULL where that software is gone. */
export const softwareById = (id: string): SQL<string> =>
  sql`(SELECT ${software.id} FROM ${software} WHERE ${software.id} = ${id})`;

/** The same for an akey. */
export const softwareByAkey = (akey: string): SQL<string> =>
  sql`(SELECT ${software.id} FROM ${software} WHERE ${software.akey} = ${akey})`;

/**
 * The statement that makes the software of a slug where there is none. Its name is the slug, unless another software has
 * that name.
 */
export function ensureSoftware(query: Query, slug: string, now: number): Statement {
  const akey = newId("soft", now);
  const [, unique] = slugsFor(slug, akey);
  const name = sql<string>`CASE WHEN EXISTS (SELECT 1 FROM ${software} WHERE ${software.nameKey} = ${slug}) THEN ${unique} ELSE ${slug} END`;
  return query
    .insert(software)
    .values({ id: newId("sfw", now), akey, slug, name, nameKey: name, createdAt: now })
    .onConflictDoNothing({ target: software.slug });
}

/** Changes who may see the software of a slug. */
export function updateVisibility(query: Query, slug: string, visibility: Visibility) {
  return query
    .update(software)
    .set({ visibility })
    .where(eq(software.slug, slug))
    .returning({ akey: software.akey });
}

/** Makes software of a name, with a slug after it. Refused as `software.name_key` where the name is taken. */
export function insertSoftware(
  query: Query,
  input: { akey: string; name: string; description: string; visibility: Visibility },
  now: number,
) {
  const [preferred, unique] = slugsFor(input.name, input.akey);
  const slug = sql<string>`CASE WHEN EXISTS (SELECT 1 FROM ${software} WHERE ${software.slug} = ${preferred}) THEN ${unique} ELSE ${preferred} END`;
  return query
    .insert(software)
    .values({ id: newId("sfw", now), ...input, nameKey: nameKey(input.name), slug, createdAt: now });
}
