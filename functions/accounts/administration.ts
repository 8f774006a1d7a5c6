import { and, eq, sql, type SQL } from "drizzle-orm";
import { sessions, users } from "../../schema/accounts.ts";
import { ConstraintError, type Query } from "../core/database/database.ts";
import { AppError } from "../core/errors.ts";

/** What an administrator changes of an account; what is absent stays. */
export type AccountChanges = {
  role?: "user" | "admin" | undefined;
  isActive?: boolean | undefined;
  fullName?: string | undefined;
};

/**
 * The statements that change an account; its audit row goes right behind them. Who loses a role or is deactivated is signed
 * out everywhere. Refused as `users.role` where it would leave no active administrator.
 */
export function changeAccount(q: Query, id: string, { role, isActive, fullName }: AccountChanges) {
  const losses: SQL[] = [];
  if (role === "user") losses.push(sql`role = 'admin'`);
  if (isActive === false) losses.push(sql`is_active = 1`);
  const loses = losses.length > 0 ? sql`(${sql.join(losses, sql` OR `)})` : sql`0`;
  const isLast = sql`${loses} AND role = 'admin' AND is_active = 1 AND NOT EXISTS (
    SELECT 1 FROM users AS other WHERE other.role = 'admin' AND other.is_active = 1 AND other.id <> ${id})`;
  return [
    q
      .delete(sessions)
      .where(
        and(eq(sessions.userId, id), sql`EXISTS (SELECT 1 FROM users WHERE users.id = ${id} AND ${loses})`),
      ),
    q
      .update(users)
      .set({
        role: sql`CASE WHEN ${isLast} THEN NULL ELSE ${role ?? sql`role`} END`,
        isActive: isActive ?? sql`is_active`,
        fullName: fullName ?? sql`full_name`,
        tokenVersion: sql`token_version + ${loses}`,
      })
      .where(eq(users.id, id))
      .returning({ id: users.id }),
  ] as const;
}

/** A batch's refusal in the accounts' terms. */
export function asAccountRefusal(error: unknown): unknown {
  if (!(error instanceof ConstraintError) || error.constraint !== "users.role") return error;
  return new AppError("LAST_ADMINISTRATOR", {}, { cause: error });
}
