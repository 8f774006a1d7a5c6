import { and, eq, gt } from "drizzle-orm";
import { sessions, users } from "../../schema/accounts.ts";
import type { Actor, Ctx, UserActor } from "../core/context.ts";
import type { Deps } from "../core/deps.ts";
import { AppError } from "../core/errors.ts";
import { readToken } from "./tokens.ts";

/**
 * The user behind a token whose session still runs: not ended, not expired, the account active and its tokens not ended
 * by a change of password since. One round trip.
 */
export async function findSession(deps: Deps, token: string): Promise<UserActor | undefined> {
  const claims = await readToken(deps, token);
  if (!claims) return undefined;
  const [user] = await deps.db.read((q) =>
    q
      .select({ id: users.id, username: users.username, role: users.role })
      .from(sessions)
      .innerJoin(users, eq(users.id, sessions.userId))
      .where(
        and(
          eq(sessions.id, claims.sessionKey),
          eq(sessions.userId, claims.userId),
          gt(sessions.expiresAt, deps.clock()),
          eq(users.isActive, true),
          eq(users.tokenVersion, claims.tokenVersion),
        ),
      ),
  );
  return user && { type: "user", ...user, sessionKey: claims.sessionKey };
}

/** @throws AppError INVALID_TOKEN unless somebody is signed in. */
export function requireUser(actor: Actor): UserActor {
  if (actor.type !== "user") throw new AppError("INVALID_TOKEN");
  return actor;
}

/** @throws AppError INVALID_TOKEN unless somebody is signed in, ACCESS_DENIED unless an administrator. */
export function requireAdmin({ actor }: Ctx): UserActor {
  const user = requireUser(actor);
  if (user.role !== "admin") throw new AppError("ACCESS_DENIED");
  return user;
}
