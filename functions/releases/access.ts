import { and, eq, inArray, or, sql } from "drizzle-orm";
import { software } from "../../schema/releases.ts";
import type { Ctx } from "../core/context.ts";
import type { Query } from "../core/database/database.ts";
import { AppError } from "../core/errors.ts";
import { slugsOfFile } from "./package-names.ts";

/** A software, as far as it decides who may see it. */
export type SoftwareAccess = { slug: string; isPrivate: boolean };

/** The columns of a `SoftwareAccess`, of a query that reads `software`. */
export const accessColumns = () => ({
  slug: software.slug,
  isPrivate: sql<boolean>`${software.visibility} = 'private'`.mapWith(Boolean),
});

/** The software of a slug or akey; no row where there is none. */
export function selectAccess(query: Query, name: string) {
  return query
    .select(accessColumns())
    .from(software)
    .where(or(eq(software.slug, name), eq(software.akey, name)));
}

const isAkey = (name: string) => name.startsWith("soft_");

/** The slug of software named by slug or akey. @throws AppError SOFTWARE_NOT_FOUND for an akey of none. */
export async function slugOf(ctx: Ctx, name: string): Promise<string> {
  return isAkey(name) ? (await identify(ctx, name)).slug : name;
}

/**
 * The software of a slug or akey, with the id that no later software of this name has. Without an id where there is none of
 * this slug. One round trip.
 * @throws AppError SOFTWARE_NOT_FOUND for an akey of none.
 */
export async function identify(ctx: Ctx, name: string): Promise<{ slug: string; id?: string }> {
  const [found] = await ctx.deps.db.read((q) =>
    q
      .select({ id: software.id, slug: software.slug })
      .from(software)
      .where(or(eq(software.slug, name), eq(software.akey, name))),
  );
  if (!found && isAkey(name)) throw new AppError("SOFTWARE_NOT_FOUND");
  return found ?? { slug: name };
}

/** The private software that a package's file of this name may be of, whether or not there is such a package. */
export function selectPrivateOfFile(query: Query, fileName: string) {
  return query
    .select(accessColumns())
    .from(software)
    .where(and(inArray(software.slug, slugsOfFile(fileName)), eq(software.visibility, "private")));
}

/** A row where any software is private. */
export function selectAnyPrivate(query: Query) {
  return query
    .select({ there: sql`1` })
    .from(software)
    .where(eq(software.visibility, "private"))
    .limit(1);
}
