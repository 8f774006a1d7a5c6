import { and, eq, lt } from "drizzle-orm";
import { sessions } from "../../../schema/accounts.ts";
import type { Ctx } from "../../core/context.ts";
import { sha256Hex } from "../../kit/hash/hash.ts";
import { newSecret } from "../../kit/ids.ts";
import { admit, openSession, type SignIn } from "../sign-in/sign-in.ts";
import { getCurrentUser, type User } from "../users.ts";

/** How long a console may stay unopened before its user has to sign in again. */
export const SESSION_SECONDS = 14 * 86_400;
/** Sessions are renewed once a day, so that opening the console costs no write each time. */
const DAY_MS = 86_400_000;
/** Enough of what a browser calls itself to tell one's devices apart. */
const USER_AGENT_LENGTH = 200;

/**
 * Signs in for the console.
 * @returns the secret for its cookie, and what the device is known by from now on
 * @throws AppError INVALID_CREDENTIALS, TOO_MANY_ATTEMPTS.
 */
export async function openConsole(
  ctx: Ctx,
  input: SignIn & { userAgent: string },
): Promise<{ secret: string; device: string }> {
  const admitted = await admit(ctx, input);
  const secret = newSecret("ses");
  const now = ctx.deps.clock();
  await openSession(ctx, admitted, {
    id: sha256Hex(secret),
    expiresAt: now + SESSION_SECONDS * 1000,
    userAgent: input.userAgent.slice(0, USER_AGENT_LENGTH),
    usedAt: dayOf(now),
  });
  return { secret, device: admitted.device };
}

/** The user who is signed in, or null; a console's session lasts for another 14 days from now. */
export async function getConsoleUser(ctx: Ctx): Promise<User | null> {
  const { actor } = ctx;
  if (actor.type !== "user") return null;
  ctx.waitUntil(renew(ctx, actor.sessionKey));
  return getCurrentUser(ctx);
}

async function renew({ deps }: Ctx, sessionKey: string): Promise<void> {
  const now = deps.clock();
  const day = dayOf(now);
  await deps.db.write((q) => ({
    renewed: q
      .update(sessions)
      .set({ usedAt: day, expiresAt: now + SESSION_SECONDS * 1000 })
      .where(and(eq(sessions.id, sessionKey), lt(sessions.usedAt, day))),
  }));
}

const dayOf = (now: number) => now - (now % DAY_MS);
