import { and, eq, gt, isNotNull, isNull, sql, type SQL } from "drizzle-orm";
import { sessions, users } from "../../../schema/accounts.ts";
import { audited } from "../../core/audit.ts";
import type { Actor, Ctx, UserActor } from "../../core/context.ts";
import type { Query } from "../../core/database/database.ts";
import type { Deps } from "../../core/deps.ts";
import { AppError } from "../../core/errors.ts";
import { readProof, type Claims, type Proof } from "./proofs.ts";

/** Sessions deleted in one statement. */
const EXPIRY_SLICE = 5_000;

/**
 * The user behind a token or a cookie whose session still runs: the session is neither ended nor expired, the account is
 * active, and no change of password has ended it since. One round trip.
 */
export async function findSession(deps: Deps, proof: Proof): Promise<UserActor | undefined> {
  const claims = await readProof(deps, proof);
  if (!claims) return undefined;
  const [user] = await deps.db.read((q) => selectSessionUser(q, claims, deps.clock()));
  if (!user) return undefined;
  const { id, username, role } = user;
  return { type: "user", id, username, role, sessionKey: claims.sessionKey };
}

/**
 * The row of the user whose session the claims name, while it runs.
 * @param now milliseconds since 1970
 * @param further what the user must be besides
 */
export function selectSessionUser(q: Query, claims: Claims, now: number, further?: SQL) {
  return q
    .select({
      id: users.id,
      username: users.username,
      email: users.email,
      role: users.role,
      passwordHash: users.passwordHash,
      tokenVersion: users.tokenVersion,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(
      and(
        eq(sessions.id, claims.sessionKey),
        gt(sessions.expiresAt, now),
        eq(users.isActive, true),
        claims.token ? isOfToken(claims.token) : isNotNull(sessions.userAgent),
        further,
      ),
    );
}

const isOfToken = ({ userId, tokenVersion }: NonNullable<Claims["token"]>) =>
  and(eq(sessions.userId, userId), eq(users.tokenVersion, tokenVersion), isNull(sessions.userAgent));

/** Ends the session that the request came with. @throws AppError INVALID_TOKEN. */
export async function endSession(ctx: Ctx): Promise<void> {
  const { id, sessionKey } = requireUser(ctx.actor);
  await ctx.deps.db.write((q) => {
    const change = q.delete(sessions).where(and(eq(sessions.id, sessionKey), eq(sessions.userId, id)));
    return audited(ctx, q, change, { action: "session.end", target: id });
  });
}

/** Ends all sessions of the signed-in user, those of tokens too. @throws AppError INVALID_TOKEN. */
export async function endAllSessions(ctx: Ctx): Promise<void> {
  const { id } = requireUser(ctx.actor);
  await ctx.deps.db.write((q) => {
    const change = q
      .update(users)
      .set({ tokenVersion: sql`${users.tokenVersion} + 1` })
      .where(eq(users.id, id));
    return {
      ended: audited(ctx, q, change, { action: "session.end_all", target: id }),
      signedOut: q.delete(sessions).where(eq(sessions.userId, id)),
    };
  });
}

/** Deletes sessions whose time has passed, some at a time. */
export async function expireSessions(ctx: Ctx): Promise<void> {
  const { db, clock } = ctx.deps;
  const expired = sql`${sessions.id} IN (
    SELECT ${sessions.id} FROM ${sessions} WHERE ${sessions.expiresAt} < ${clock()} LIMIT ${EXPIRY_SLICE})`;
  let count: number;
  do {
    const { deleted } = await db.write((q) => ({
      deleted: q
        .delete(sessions)
        .where(expired)
        .returning({ gone: sql`1` }),
    }));
    count = deleted.length;
  } while (count === EXPIRY_SLICE && ctx.mayGoOn());
}

/** @throws AppError INVALID_TOKEN unless somebody is signed in. */
export function requireUser(actor: Actor): UserActor {
  if (actor.type !== "user") throw new AppError("INVALID_TOKEN");
  return actor;
}

/** Whose rows are asked for: one's own, unless an administrator names another. @throws AppError INVALID_TOKEN, ACCESS_DENIED. */
export function requireOwner({ actor }: Ctx, wanted: string | undefined): string {
  const user = requireUser(actor);
  if (wanted === undefined || wanted === user.id) return user.id;
  if (user.role !== "admin") throw new AppError("ACCESS_DENIED");
  return wanted;
}

/** @throws AppError INVALID_TOKEN unless somebody is signed in, ACCESS_DENIED unless an administrator. */
export function requireAdmin({ actor }: Ctx): UserActor {
  const user = requireUser(actor);
  if (user.role !== "admin") throw new AppError("ACCESS_DENIED");
  return user;
}
