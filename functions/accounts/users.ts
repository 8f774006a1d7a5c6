import { and, eq } from "drizzle-orm";
import { users } from "../../schema/accounts.ts";
import { audit } from "../../schema/core.ts";
import { actorName, type Ctx } from "../core/context.ts";
import { ConstraintError } from "../core/database/database.ts";
import { AppError } from "../core/errors.ts";
import { newId } from "../kit/ids.ts";
import { figures } from "./figures.ts";
import { accountKey, checkNewPassword, checkUnreserved, checkUsername } from "./names.ts";
import { hashPassword } from "./sign-in/passwords.ts";
import { requireUser } from "./sign-in/sessions.ts";

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

const columns = {
  id: users.id,
  email: users.email,
  username: users.username,
  fullName: users.fullName,
  role: users.role,
  createdAt: users.createdAt,
  lastLoginAt: users.lastLoginAt,
  ...figures,
};

type Row = {
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

/**
 * Makes an account, never an administrator's.
 * @throws AppError VALIDATION_ERROR, USERNAME_EXISTS, EMAIL_EXISTS.
 */
export async function registerUser(
  ctx: Ctx,
  input: { email: string; username: string; password: string; full_name?: string | null | undefined },
): Promise<User> {
  const { deps, locale } = ctx;
  const username = checkUsername(locale, input.username);
  checkNewPassword(locale, "password", input.password, [username, input.email]);
  checkUnreserved(deps.config, { username, email: input.email });
  const now = deps.clock();
  const row = {
    id: newId("usr", now),
    username,
    usernameKey: accountKey(username),
    email: input.email,
    emailKey: accountKey(input.email),
    fullName: input.full_name ?? "",
    passwordHash: await hashPassword(deps, input.password),
    role: "user" as const,
    isActive: true,
    createdAt: now,
  };
  await orTaken(
    deps.db.write((q) => [
      q.insert(users).values(row),
      q
        .insert(audit)
        .values({ at: now, actor: row.id, action: "user.register", target: row.id, detail: { username } }),
    ]),
  );
  return shown({ ...row, lastLoginAt: null, balance: 0, totalTasks: 0 });
}

/** The signed-in user. @throws AppError INVALID_TOKEN. */
export async function currentUser(ctx: Ctx): Promise<User> {
  const { id } = requireUser(ctx.actor);
  const [row] = await ctx.deps.db.read((q) => q.select(columns).from(users).where(eq(users.id, id)));
  if (!row) throw new AppError("INVALID_TOKEN");
  return shown(row);
}

/**
 * Changes what is given of the signed-in user.
 * @throws AppError INVALID_TOKEN, VALIDATION_ERROR, USERNAME_EXISTS.
 */
export async function updateCurrentUser(
  ctx: Ctx,
  input: { username?: string | null | undefined; full_name?: string | null | undefined },
): Promise<User> {
  const user = requireUser(ctx.actor);
  const changes: Partial<typeof users.$inferInsert> = {};
  if (input.full_name != null) changes.fullName = input.full_name;
  if (input.username != null) {
    const username = checkUsername(ctx.locale, input.username);
    const own = user.role === "admin" || accountKey(username) === accountKey(user.username);
    if (!own) checkUnreserved(ctx.deps.config, { username });
    Object.assign(changes, { username, usernameKey: accountKey(username) });
  }
  if (Object.keys(changes).length === 0) return currentUser(ctx);
  const { usernameKey: _, ...detail } = changes;
  const [, rows] = await orTaken(
    ctx.deps.db.write((q) => [
      q
        .update(users)
        .set(changes)
        .where(and(eq(users.id, user.id), eq(users.isActive, true))),
      q.select(columns).from(users).where(eq(users.id, user.id)),
      q.insert(audit).values({
        at: ctx.deps.clock(),
        actor: actorName(user),
        action: "user.update",
        target: user.id,
        detail,
      }),
    ]),
  );
  const [row] = rows;
  if (!row) throw new AppError("INVALID_TOKEN");
  return shown(row);
}

async function orTaken<T>(written: Promise<T>): Promise<T> {
  try {
    return await written;
  } catch (error) {
    const constraint = error instanceof ConstraintError ? error.constraint : "";
    if (constraint === "users.username_key") throw new AppError("USERNAME_EXISTS", {}, { cause: error });
    if (constraint === "users.email_key") throw new AppError("EMAIL_EXISTS", {}, { cause: error });
    throw error;
  }
}

function shown(row: Row): User {
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
