import { sql } from "drizzle-orm";
import { backups } from "../../schema/backups.ts";
import { countGuess } from "../accounts/guesses.ts";
import type { Ctx } from "../core/context.ts";

/** A user key, and the address that it came from. */
export type PresentedKey = { userKey: string; address: string };

/**
 * Slows down who guesses keys: a key that has no backups is a wrong one. One round trip.
 * @throws AppError TOO_MANY_ATTEMPTS.
 */
export function checkPresentedKey(ctx: Ctx, { userKey, address }: PresentedKey): Promise<void> {
  const isRight = sql`EXISTS (SELECT 1 FROM ${backups} WHERE ${backups.userKey} = ${userKey})`;
  return countGuess(ctx, { kind: "user-key", secret: userKey, address, isRight });
}
