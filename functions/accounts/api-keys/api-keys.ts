import { and, desc, eq, gt, isNull, or } from "drizzle-orm";
import { apiKeys } from "../../../schema/accounts.ts";
import { audited } from "../../core/audit.ts";
import { scopes, type Actor, type Ctx, type Scope } from "../../core/context.ts";
import type { Deps } from "../../core/deps.ts";
import { AppError } from "../../core/errors.ts";
import { sha256Hex, timingSafeEqualText } from "../../kit/hash/hash.ts";
import { newId, newSecret } from "../../kit/ids.ts";

/** Enough of a key to recognise it in a list. */
const SHOWN_PREFIX = 10;

/**
 * The actor behind a presented key: the one of the settings, which may do everything, or one of the database.
 * @throws AppError INVALID_API_KEY for anything else, whatever is wrong with it.
 */
export async function authenticateKey(deps: Deps, presented: string): Promise<Actor> {
  if (timingSafeEqualText(presented, deps.config.API_KEY)) return { type: "api_key", id: "settings", scopes };
  const [key] = await deps.db.read((q) =>
    q
      .select({ id: apiKeys.id, scopes: apiKeys.scopes })
      .from(apiKeys)
      .where(
        and(
          eq(apiKeys.hash, sha256Hex(presented)),
          or(isNull(apiKeys.expiresAt), gt(apiKeys.expiresAt, deps.clock())),
        ),
      ),
  );
  if (!key) throw new AppError("INVALID_API_KEY");
  return { type: "api_key", id: key.id, scopes: key.scopes as Scope[] };
}

/**
 * Lets through keys of this scope and administrators.
 * @throws AppError INVALID_API_KEY without a key, INSUFFICIENT_SCOPE for one that may not do this, ACCESS_DENIED for
 * other users.
 */
export function requireScope(actor: Actor, scope: Scope): void {
  if (actor.type === "system") return;
  if (actor.type === "user") {
    if (actor.role !== "admin") throw new AppError("ACCESS_DENIED");
    return;
  }
  if (actor.type !== "api_key") throw new AppError("INVALID_API_KEY");
  if (!actor.scopes.includes(scope)) throw new AppError("INSUFFICIENT_SCOPE", { scope });
}

/** The presented key's id and scopes. @throws AppError INVALID_API_KEY without one. */
export function getCurrentApiKey(ctx: Ctx): { id: string; scopes: Scope[] } {
  if (ctx.actor.type !== "api_key") throw new AppError("INVALID_API_KEY");
  return { id: ctx.actor.id, scopes: [...ctx.actor.scopes] };
}

export type ApiKeySummary = {
  id: string;
  name: string;
  prefix: string;
  scopes: Scope[];
  expires_at: string | null;
  created_at: string;
};

const isoOrNull = (at: number | null) => (at === null ? null : new Date(at).toISOString());

/** Makes a key; `key` is in this answer and nowhere else. */
export async function createApiKey(
  ctx: Ctx,
  input: { name: string; scopes: Scope[]; expires_at?: string | undefined },
): Promise<ApiKeySummary & { key: string }> {
  requireScope(ctx.actor, "keys:admin");
  const now = ctx.deps.clock();
  const key = newSecret("slw");
  const row = {
    id: newId("key", now),
    name: input.name,
    prefix: key.slice(0, SHOWN_PREFIX),
    hash: sha256Hex(key),
    scopes: input.scopes,
    expiresAt: input.expires_at === undefined ? null : Date.parse(input.expires_at),
    createdAt: now,
  };
  const detail = { name: row.name, scopes: row.scopes };
  const entry = { at: now, action: "api_key.create", target: row.id, detail };
  await ctx.deps.db.write((q) => audited(ctx, q, q.insert(apiKeys).values(row), entry));
  return { ...summarize(row), key };
}

/** All keys, newest first, without the keys themselves. */
export async function listApiKeys(ctx: Ctx): Promise<ApiKeySummary[]> {
  requireScope(ctx.actor, "keys:admin");
  const rows = await ctx.deps.db.read((q) => q.select().from(apiKeys).orderBy(desc(apiKeys.id)).limit(1000));
  return rows.map(summarize);
}

/** Ends a key at once. @throws AppError NOT_FOUND. */
export async function deleteApiKey(ctx: Ctx, id: string): Promise<void> {
  requireScope(ctx.actor, "keys:admin");
  const deleted = await ctx.deps.db.write((q) => {
    const change = q.delete(apiKeys).where(eq(apiKeys.id, id)).returning({ id: apiKeys.id });
    return audited(ctx, q, change, { action: "api_key.delete", target: id });
  });
  if (deleted.change.length === 0) throw new AppError("NOT_FOUND");
}

function summarize(row: typeof apiKeys.$inferSelect): ApiKeySummary {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    scopes: row.scopes as Scope[],
    expires_at: isoOrNull(row.expiresAt),
    created_at: new Date(row.createdAt).toISOString(),
  };
}
