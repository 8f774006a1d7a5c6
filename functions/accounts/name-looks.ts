import { and, eq, isNull, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import { users } from "../../schema/accounts.ts";
import type { Ctx } from "../core/context.ts";
import type { Query } from "../core/database/database.ts";
import { lookKey } from "./names.ts";

/** Accounts in one batch. */
const SLICE = 100;

/**
 * Writes what their names look like into accounts that are older than that column, so that nobody can take a name that
 * looks like theirs. Where two such accounts have names that look the same, both keep them: the second gets a key that no
 * name has.
 */
export async function describeNameLooks(ctx: Ctx): Promise<void> {
  const { db } = ctx.deps;
  for (let left = true; left && ctx.mayGoOn();) {
    const rows = await db.read((q) =>
      q
        .select({ id: users.id, username: users.username })
        .from(users)
        .where(isNull(users.lookKey))
        .orderBy(users.id)
        .limit(SLICE),
    );
    if (rows.length > 0) await db.write((q) => ({ described: rows.map((row) => describe(q, row)) }));
    left = rows.length === SLICE;
  }
}

function describe(q: Query, { id, username }: { id: string; username: string }) {
  const look = lookKey(username);
  const other = alias(users, "other");
  const isTaken = sql`EXISTS (SELECT 1 FROM ${users} AS ${other} WHERE ${other.lookKey} = ${look})`;
  return q
    .update(users)
    .set({ lookKey: sql`CASE WHEN ${isTaken} THEN ${`=${id}`} ELSE ${look} END` })
    .where(and(eq(users.id, id), eq(users.username, username), isNull(users.lookKey)));
}
