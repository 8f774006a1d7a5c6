import { and, eq, sql, type SQL } from "drizzle-orm";
import { alias, type SQLiteUpdateSetSource } from "drizzle-orm/sqlite-core";
import { users } from "../../schema/accounts.ts";
import { audited, recordAudit } from "../core/audit.ts";
import type { Ctx } from "../core/context.ts";
import type { Query } from "../core/database/database.ts";
import { refusals } from "../core/database/refusals.ts";
import { AppError } from "../core/errors.ts";
import { newId } from "../kit/ids.ts";
import { accountKey, checkNewPassword, checkUnreserved, checkUsername, lookKey } from "./names.ts";
import { hashPassword } from "./sign-in/passwords.ts";
import { requireAdmin, requireUser } from "./sign-in/sessions.ts";
import { userFigures } from "./user-figures.ts";

export type User = {
  id: string;
  email: string;
  username: string;
  full_name: string;
  role: "user" | "admin";
  balance: number;
  total_tasks: number;
  created_at: string;
  last_login: string | null;
};

const takenNames = refusals({
  "users.username_key": "USERNAME_EXISTS",
  "users.look_key": "USERNAME_LOOKS_TAKEN",
  "users.email_key": "EMAIL_EXISTS",
});

const userColumns = () => ({
  id: users.id,
  email: users.email,
  username: users.username,
  fullName: users.fullName,
  role: users.role,
  createdAt: users.createdAt,
  lastLoginAt: users.lastLoginAt,
  ...userFigures("balance", "totalTasks"),
});

type UserRow = {
  id: string;
  email: string;
  username: string;
  fullName: string;
  role: User["role"];
  createdAt: number;
  lastLoginAt: number | null;
  balance: number;
  totalTasks: number;
};

type NewUser = { email: string; username: string; password: string; full_name?: string | null | undefined };

/**
 * Makes an account, never an administrator's.
 * @throws AppError VALIDATION_ERROR, USERNAME_EXISTS, USERNAME_LOOKS_TAKEN, EMAIL_EXISTS.
 */
export const registerUser = (ctx: Ctx, input: NewUser): Promise<User> => insertUser(ctx, input, "user");

/**
 * Makes an account for somebody else, with its role: both are there, or nothing is.
 * @throws AppError ACCESS_DENIED to all but administrators, and what `registerUser` throws.
 */
export async function createUser(ctx: Ctx, input: NewUser & { role: User["role"] }): Promise<User> {
  const { id: actor } = requireAdmin(ctx);
  return insertUser(ctx, input, input.role, actor);
}

/** @param actor who makes it; its owner, where that is left out */
async function insertUser(ctx: Ctx, input: NewUser, role: User["role"], actor?: string): Promise<User> {
  const { deps, locale } = ctx;
  const username = checkUsername(locale, input.username);
  checkNewPassword(locale, "password", input.password, [username, input.email]);
  checkUnreserved(deps.config, { username, email: input.email });
  const now = deps.clock();
  const row = {
    id: newId("usr", now),
    username,
    usernameKey: accountKey(username),
    lookKey: lookUnlessTaken(username),
    email: input.email,
    emailKey: accountKey(input.email),
    fullName: input.full_name ?? "",
    passwordHash: await hashPassword(deps, input.password),
    role,
    isActive: true,
    createdAt: now,
  };
  const by = { at: now, actor: actor ?? row.id, target: row.id };
  await deps.db.write(
    (q) => ({
      made: audited(ctx, q, q.insert(users).values(row), {
        ...by,
        action: "user.register",
        detail: { username },
      }),
      raised:
        role === "admin"
          ? recordAudit(ctx, q, { ...by, action: "user.change", detail: { role } })
          : undefined,
    }),
    takenNames,
  );
  return describeUser({ ...row, lastLoginAt: null, balance: 0, totalTasks: 0 });
}

/** The signed-in user. @throws AppError INVALID_TOKEN. */
export async function getCurrentUser(ctx: Ctx): Promise<User> {
  const { id } = requireUser(ctx.actor);
  const [row] = await ctx.deps.db.read((q) => selectUser(q, id));
  if (!row) throw new AppError("INVALID_TOKEN");
  return describeUser(row);
}

/**
 * Changes what is given of the signed-in user.
 * @throws AppError INVALID_TOKEN, VALIDATION_ERROR, USERNAME_EXISTS, USERNAME_LOOKS_TAKEN.
 */
export async function updateCurrentUser(
  ctx: Ctx,
  input: { username?: string | null | undefined; full_name?: string | null | undefined },
): Promise<User> {
  const user = requireUser(ctx.actor);
  const changes: SQLiteUpdateSetSource<typeof users> = {};
  if (input.full_name != null) changes.fullName = input.full_name;
  if (input.username != null) {
    const username = checkUsername(ctx.locale, input.username);
    const own = user.role === "admin" || accountKey(username) === accountKey(user.username);
    if (!own) checkUnreserved(ctx.deps.config, { username });
    // Who keeps a name keeps it, whoever has had one that looks the same for as long.
    const look = username === user.username ? {} : { lookKey: lookUnlessTaken(username, user.id) };
    Object.assign(changes, { username, usernameKey: accountKey(username), ...look });
  }
  if (Object.keys(changes).length === 0) return getCurrentUser(ctx);
  const { usernameKey: _key, lookKey: _look, ...detail } = changes;
  const { found } = await ctx.deps.db.write((q) => {
    const change = q
      .update(users)
      .set(changes)
      .where(and(eq(users.id, user.id), eq(users.isActive, true)));
    return {
      changed: audited(ctx, q, change, { action: "user.update", target: user.id, detail }),
      found: selectUser(q, user.id),
    };
  }, takenNames);
  const [row] = found;
  if (!row) throw new AppError("INVALID_TOKEN");
  return describeUser(row);
}

/** What a name looks like; NULL where the name itself is somebody else's, so that the refusal says this and nothing else. */
function lookUnlessTaken(username: string, ownId = ""): SQL<string> {
  const other = alias(users, "other");
  const isTaken = sql`EXISTS (SELECT 1 FROM ${users} AS ${other}
    WHERE ${other.usernameKey} = ${accountKey(username)} AND ${other.id} <> ${ownId})`;
  return sql<string>`CASE WHEN NOT ${isTaken} THEN ${lookKey(username)} END`;
}

const selectUser = (q: Query, id: string) => q.select(userColumns()).from(users).where(eq(users.id, id));

function describeUser(row: UserRow): User {
  return {
    id: row.id,
    email: row.email,
    username: row.username,
    full_name: row.fullName,
    role: row.role,
    balance: row.balance / 100,
    total_tasks: row.totalTasks,
    created_at: new Date(row.createdAt).toISOString(),
    last_login: row.lastLoginAt === null ? null : new Date(row.lastLoginAt).toISOString(),
  };
}
