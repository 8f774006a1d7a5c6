import { desc, eq, sql } from "drizzle-orm";
import { roles, users } from "../../schema/accounts.ts";
import { accountRefusals, changeAccount, type AccountChanges } from "../accounts/change-account.ts";
import { requireAdmin } from "../accounts/sign-in/sessions.ts";
import { userFigures } from "../accounts/user-figures.ts";
import type { User } from "../accounts/users.ts";
import { hundredths, units } from "../billing/money.ts";
import { setBalance } from "../billing/set-balance.ts";
import type { Ctx } from "../core/context.ts";
import type { Query } from "../core/database/database.ts";
import { AppError } from "../core/errors.ts";
import { newId } from "../kit/ids.ts";
import { offsetOf, pageOf, type Page, type Paging } from "../core/http/paging.ts";
import { containing } from "../core/database/search.ts";

export type ManagedUser = User & { is_active: boolean };

type Filter = {
  role?: User["role"] | undefined;
  is_active?: boolean | undefined;
  /** Part of a user name, mail address or full name. */
  search?: string | undefined;
};

type Changes = {
  role?: User["role"] | undefined;
  is_active?: boolean | undefined;
  full_name?: string | undefined;
  balance?: number | undefined;
};

const userColumns = () => ({
  id: users.id,
  email: users.email,
  username: users.username,
  fullName: users.fullName,
  role: users.role,
  isActive: users.isActive,
  createdAt: users.createdAt,
  lastLoginAt: users.lastLoginAt,
  ...userFigures("balance", "totalTasks"),
});

/**
 * A page of users, newest first. Users of each kind (role, active) lie in one index in that order, and SQLite merges the
 * kinds that are wanted; only a search reads the users themselves.
 */
export async function listUsers(ctx: Ctx, filter: Filter & Paging): Promise<Page<ManagedUser>> {
  requireAdmin(ctx);
  const active = filter.is_active === undefined ? [false, true] : [filter.is_active];
  const kinds = (filter.role === undefined ? roles : [filter.role]).flatMap((role) =>
    active.map((isActive) => ({ role, isActive })),
  );
  const { search } = filter;
  const found = search === undefined ? sql`` : sql`AND ${nameContains(search)}`;
  const ofKinds = sql.join(
    kinds.map(
      ({ role, isActive }) =>
        sql`SELECT ${users.id} FROM ${users} WHERE ${users.role} = ${role} AND ${users.isActive} = ${Number(isActive)} ${found}`,
    ),
    sql` UNION ALL `,
  );
  const ids = sql`SELECT id FROM (${ofKinds} ORDER BY id DESC LIMIT ${filter.page_size} OFFSET ${offsetOf(filter)})`;
  const { rows, counted } = await ctx.deps.db.readBatch((q) => ({
    rows: q
      .select(userColumns())
      .from(users)
      .where(sql`${users.id} IN (${ids})`)
      .orderBy(desc(users.id)),
    counted: q.select({ total: sql<number>`count(*)` }).from(sql`(${ofKinds})`),
  }));
  return pageOf(rows.map(describeUser), counted[0]?.total ?? 0, filter);
}

/** @throws AppError USER_NOT_FOUND. */
export async function getUser(ctx: Ctx, id: string): Promise<ManagedUser> {
  requireAdmin(ctx);
  const [row] = await ctx.deps.db.read((q) => selectUser(q, id));
  if (!row) throw new AppError("USER_NOT_FOUND");
  return describeUser(row);
}

/**
 * Changes the given fields of a user in one batch; a new balance becomes a ledger entry of the difference.
 * @throws AppError USER_NOT_FOUND; LAST_ADMINISTRATOR where no active administrator would be left.
 */
export async function updateUser(ctx: Ctx, id: string, changes: Changes): Promise<ManagedUser> {
  const { id: actor } = requireAdmin(ctx);
  const { balance, ...detail } = changes;
  const account: AccountChanges = {
    role: changes.role,
    isActive: changes.is_active,
    fullName: changes.full_name,
  };
  if (Object.values(changes).every((value) => value === undefined)) return getUser(ctx, id);
  const now = ctx.deps.clock();
  const adjustment = { userId: id, reason: "", key: newId("adj", now), actor };
  const entry = { action: "user.change", target: id, detail: { ...detail, balance } };
  const { found } = await ctx.deps.db.write(
    (q) => ({
      ...changeAccount(ctx, q, id, account, entry),
      adjusted:
        balance === undefined
          ? undefined
          : setBalance(q, { ...adjustment, balance: hundredths(balance) }, now),
      found: selectUser(q, id),
    }),
    accountRefusals,
  );
  const [row] = found;
  if (!row) throw new AppError("USER_NOT_FOUND");
  return describeUser(row);
}

const selectUser = (q: Query, id: string) => q.select(userColumns()).from(users).where(eq(users.id, id));

const nameContains = (search: string) =>
  sql`(${containing(users.username, search)} OR ${containing(users.email, search)} OR ${containing(users.fullName, search)})`;

function describeUser(row: Awaited<ReturnType<typeof selectUser>>[number]): ManagedUser {
  return {
    id: row.id,
    email: row.email,
    username: row.username,
    full_name: row.fullName,
    role: row.role,
    is_active: row.isActive,
    balance: units(row.balance),
    total_tasks: row.totalTasks,
    created_at: new Date(row.createdAt).toISOString(),
    last_login: row.lastLoginAt === null ? null : new Date(row.lastLoginAt).toISOString(),
  };
}
