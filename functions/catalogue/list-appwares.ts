import { and, desc, eq, inArray, sql } from "drizzle-orm";
import { appwareCounts, appwares } from "../../schema/catalogue.ts";
import { requireAdmin, requireUser } from "../accounts/sign-in/sessions.ts";
import type { Ctx } from "../core/context.ts";
import { appwareColumns, describeAppWare, type AppWare } from "./appware.ts";

type Page = {
  skip: number;
  limit: number;
  status?: number | undefined;
  is_active?: boolean | undefined;
};

export type AppWarePage = { data: AppWare[]; count: number };

/** The `owner` under which the counts of everybody's records are kept. */
const EVERYBODY = "";

/** Living records in their order, and how many there are on all pages. */
export function listAppWares(ctx: Ctx, page: Page): Promise<AppWarePage> {
  requireUser(ctx.actor);
  return readPage(ctx, page, [false]);
}

/** The same of those that the user made. */
export function listMyAppWares(ctx: Ctx, page: Page): Promise<AppWarePage> {
  return readPage(ctx, page, [false], requireUser(ctx.actor).id);
}

/** The same for administrators, deleted ones too if wanted. */
export function listAllAppWares(ctx: Ctx, page: Page & { include_deleted: boolean }): Promise<AppWarePage> {
  requireAdmin(ctx);
  return readPage(ctx, page, page.include_deleted ? [false, true] : [false]);
}

/** The living records that were viewed most, of those that are enabled and active. */
export async function listPopularAppWares(ctx: Ctx, limit: number): Promise<AppWare[]> {
  requireUser(ctx.actor);
  const rows = await ctx.deps.db.read((q) =>
    q
      .select(appwareColumns)
      .from(appwares)
      .where(and(eq(appwares.isDeleted, false), eq(appwares.status, 1), eq(appwares.isActive, true)))
      .orderBy(desc(appwares.viewCount), desc(appwares.id))
      .limit(limit),
  );
  return rows.map(describeAppWare);
}

/**
 * Reads one page from one index, whatever is filtered: the records of each kind (deleted, status, active) lie in it in the
 * order of the list, and SQLite merges the kinds that are wanted. Each record skipped costs one step in the index.
 */
async function readPage(
  ctx: Ctx,
  { skip, limit, status, is_active: isActive }: Page,
  deleted: boolean[],
  owner?: string,
): Promise<AppWarePage> {
  const statuses = status === undefined ? [0, 1] : [status];
  const active = isActive === undefined ? [false, true] : [isActive];
  const kinds = deleted.flatMap((d) => statuses.flatMap((s) => active.map((a) => [d, s, a] as const)));
  const owned = owner === undefined ? sql`` : sql`${appwares.createdBy} = ${owner} AND`;
  const ofKinds = kinds.map(
    ([d, s, a]) => sql`SELECT ${appwares.sortOrder}, ${appwares.createdAt}, ${appwares.id} FROM ${appwares}
      WHERE ${owned} ${appwares.isDeleted} = ${Number(d)} AND ${appwares.status} = ${s} AND ${appwares.isActive} = ${Number(a)}`,
  );
  const ids = sql`SELECT id FROM (${sql.join(ofKinds, sql` UNION ALL `)}
    ORDER BY sort_order, created_at DESC, id DESC LIMIT ${limit} OFFSET ${skip})`;

  const { rows, totals } = await ctx.deps.db.readBatch((q) => ({
    rows: q
      .select(appwareColumns)
      .from(appwares)
      .where(sql`${appwares.id} IN (${ids})`)
      .orderBy(appwares.sortOrder, desc(appwares.createdAt), desc(appwares.id)),
    totals: q
      .select({ count: sql<number>`coalesce(sum(${appwareCounts.count}), 0)` })
      .from(appwareCounts)
      .where(
        and(
          eq(appwareCounts.owner, owner ?? EVERYBODY),
          inArray(appwareCounts.isDeleted, deleted),
          inArray(appwareCounts.status, statuses),
          inArray(appwareCounts.isActive, active),
        ),
      ),
  }));
  return { data: rows.map(describeAppWare), count: totals[0]?.count ?? 0 };
}
