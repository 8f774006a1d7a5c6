import { and, eq, sql, type SQL } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import { sessions, users } from "../../schema/accounts.ts";
import { audited, type AuditEntry } from "../core/audit.ts";
import type { Ctx } from "../core/context.ts";
import type { Query } from "../core/database/database.ts";
import { refusals } from "../core/database/refusals.ts";

/** What an administrator may change in an account; fields that are left out stay as they are. */
export type AccountChanges = {
  role?: "user" | "admin" | undefined;
  isActive?: boolean | undefined;
  fullName?: string | undefined;
};

/** For the batch that `changeAccount` is part of. */
export const accountRefusals = refusals({ "users.role": "LAST_ADMINISTRATOR" });

/**
 * The statements that change an account, and write the audit row of it. A user who loses a role or is deactivated is signed
 * out everywhere. The batch is refused where no active administrator would be left.
 */
export function changeAccount(ctx: Ctx, q: Query, id: string, changes: AccountChanges, entry: AuditEntry) {
  const { role, isActive, fullName } = changes;
  const losses: SQL[] = [];
  if (role === "user") losses.push(sql`${users.role} = 'admin'`);
  if (isActive === false) losses.push(sql`${users.isActive} = 1`);
  const loses = losses.length > 0 ? sql`(${sql.join(losses, sql` OR `)})` : sql`0`;
  const other = alias(users, "other");
  const isLast = sql`${loses} AND ${users.role} = 'admin' AND ${users.isActive} = 1 AND NOT EXISTS (
    SELECT 1 FROM ${users} AS ${other} WHERE ${other.role} = 'admin' AND ${other.isActive} = 1 AND ${other.id} <> ${id})`;
  const signOut = q
    .delete(sessions)
    .where(
      and(
        eq(sessions.userId, id),
        sql`EXISTS (SELECT 1 FROM ${users} WHERE ${users.id} = ${id} AND ${loses})`,
      ),
    );
  const change = q
    .update(users)
    .set({
      // Writes NULL, which the column refuses, where no administrator would be left.
      role: sql`CASE WHEN ${isLast} THEN NULL ELSE ${role ?? sql`${users.role}`} END`,
      isActive: isActive ?? sql`${users.isActive}`,
      fullName: fullName ?? sql`${users.fullName}`,
      tokenVersion: sql`${users.tokenVersion} + ${loses}`,
    })
    .where(eq(users.id, id))
    .returning({ id: users.id });
  return { signedOut: signOut, account: audited(ctx, q, change, entry) };
}
