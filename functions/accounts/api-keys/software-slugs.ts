import { inArray } from "drizzle-orm";
import { software } from "../../../schema/releases.ts";
import type { Ctx } from "../../core/context.ts";
import { AppError } from "../../core/errors.ts";

/** The slugs of software named by slug or akey, each once. */
export async function slugsOf(ctx: Ctx, names: readonly string[]): Promise<string[]> {
  const akeys = names.filter((name) => name.startsWith("soft_"));
  const found =
    akeys.length === 0
      ? []
      : await ctx.deps.db.read((q) =>
          q
            .select({ akey: software.akey, slug: software.slug })
            .from(software)
            .where(inArray(software.akey, akeys)),
        );
  const slugOf = new Map(found.map(({ akey, slug }) => [akey, slug]));
  if (akeys.some((akey) => !slugOf.has(akey))) throw new AppError("SOFTWARE_NOT_FOUND");
  return [...new Set(names.map((name) => slugOf.get(name) ?? name))];
}
