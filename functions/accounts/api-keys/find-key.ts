import { and, eq, gt, isNull, or } from "drizzle-orm";
import { apiKeys } from "../../../schema/accounts.ts";
import { scopes, type Scope } from "../../core/context.ts";
import type { Deps } from "../../core/deps.ts";
import { sha256Hex, timingSafeEqualText } from "../../kit/hash/hash.ts";

/** A valid key. `software` is what it is limited to; `expiresAt` is in milliseconds since 1970. */
export type FoundKey = {
  id: string;
  scopes: readonly Scope[];
  software?: readonly string[] | undefined;
  expiresAt: number | null;
};

/**
 * The key in the settings, which may do everything, or one in the database that has not ended. Undefined for anything else,
 * whatever is wrong with it. At most one round trip.
 */
export async function findKey(deps: Deps, presented: string): Promise<FoundKey | undefined> {
  if (timingSafeEqualText(presented, deps.config.API_KEY)) return { id: "settings", scopes, expiresAt: null };
  const [row] = await deps.db.read((q) =>
    q
      .select({
        id: apiKeys.id,
        scopes: apiKeys.scopes,
        software: apiKeys.software,
        expiresAt: apiKeys.expiresAt,
      })
      .from(apiKeys)
      .where(
        and(
          eq(apiKeys.hash, sha256Hex(presented)),
          or(isNull(apiKeys.expiresAt), gt(apiKeys.expiresAt, deps.clock())),
        ),
      ),
  );
  return row && { ...row, scopes: row.scopes as Scope[], software: row.software ?? undefined };
}

const listeners = new Set<(deps: Deps) => void>();

/** Registers a listener that is called after a key was ended in this isolate. Every cache of valid keys registers once. */
export function whenKeyEnds(listener: (deps: Deps) => void): void {
  listeners.add(listener);
}

/** Makes this isolate's caches forget which keys are good. */
export function keyEnded(deps: Deps): void {
  for (const listener of listeners) listener(deps);
}
