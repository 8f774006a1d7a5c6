import { desc, eq, sql } from "drizzle-orm";
import { apiKeys } from "../../../schema/accounts.ts";
import { audited } from "../../core/audit.ts";
import type { Ctx, Scope } from "../../core/context.ts";
import { AppError } from "../../core/errors.ts";
import { sha256Hex } from "../../kit/hash/hash.ts";
import { newId, newSecret } from "../../kit/ids.ts";
import { offsetOf, type Paging } from "../../core/http/paging.ts";
import { invalid } from "../../core/http/validation.ts";
import { readExpiry } from "../../core/expiry.ts";
import { isLimitable, requireScope } from "./api-keys.ts";
import { keyEnded } from "./find-key.ts";
import { slugsOf } from "./software-slugs.ts";

/** Enough of a key to recognise it in a list. */
const SHOWN_PREFIX = 10;

/** The presented key's id, scopes and limits. @throws AppError INVALID_API_KEY without one. */
export function getCurrentApiKey({ actor }: Ctx): Pick<ApiKeySummary, "id" | "scopes" | "software"> {
  if (actor.type !== "api_key") throw new AppError("INVALID_API_KEY");
  return { id: actor.id, scopes: [...actor.scopes], software: actor.software ? [...actor.software] : null };
}

export type ApiKeySummary = {
  id: string;
  name: string;
  prefix: string;
  scopes: Scope[];
  /** Slugs; null for all software. */
  software: string[] | null;
  expires_at: string | null;
  created_at: string;
};

const isoOrNull = (at: number | null) => (at === null ? null : new Date(at).toISOString());

/**
 * Makes a key; `key` is in this answer and nowhere else. One that is limited may be made before its software is.
 * @param input.software slugs or akeys, in lower case
 * @throws AppError VALIDATION_ERROR for a limited key with a scope that is about all software, SOFTWARE_NOT_FOUND for an
 * akey of none.
 */
export async function createApiKey(
  ctx: Ctx,
  input: {
    name: string;
    scopes: Scope[];
    software?: string[] | undefined;
    expires_at?: string | undefined;
  },
): Promise<ApiKeySummary & { key: string }> {
  requireScope(ctx.actor, "keys:admin");
  const unlimited = input.software && input.scopes.find((scope) => !isLimitable(scope));
  if (unlimited) throw invalid("scopes", "key.scopes", { scope: unlimited });
  const now = ctx.deps.clock();
  const key = newSecret("slw");
  const row = {
    id: newId("key", now),
    name: input.name,
    prefix: key.slice(0, SHOWN_PREFIX),
    hash: sha256Hex(key),
    scopes: input.scopes,
    software: input.software ? await slugsOf(ctx, input.software) : null,
    expiresAt: readExpiry(ctx, "expires_at", input.expires_at),
    createdAt: now,
  };
  const detail = { name: row.name, scopes: row.scopes, ...(row.software && { software: row.software }) };
  const entry = { at: now, action: "api_key.create", target: row.id, detail };
  await ctx.deps.db.write((q) => audited(ctx, q, q.insert(apiKeys).values(row), entry));
  return { ...summarize(row), key };
}

/** A page of keys, newest first, without the keys themselves, and how many there are. One round trip. */
export async function listApiKeys(
  ctx: Ctx,
  paging: Paging,
): Promise<{ items: ApiKeySummary[]; total: number }> {
  requireScope(ctx.actor, "keys:admin");
  const { rows, counted } = await ctx.deps.db.readBatch((q) => ({
    rows: q.select().from(apiKeys).orderBy(desc(apiKeys.id)).limit(paging.page_size).offset(offsetOf(paging)),
    counted: q.select({ total: sql<number>`count(*)` }).from(apiKeys),
  }));
  return { items: rows.map(summarize), total: counted[0]?.total ?? 0 };
}

/** Ends a key at once. @throws AppError NOT_FOUND. */
export async function deleteApiKey(ctx: Ctx, id: string): Promise<void> {
  requireScope(ctx.actor, "keys:admin");
  const deleted = await ctx.deps.db.write((q) => {
    const change = q.delete(apiKeys).where(eq(apiKeys.id, id)).returning({ id: apiKeys.id });
    return audited(ctx, q, change, { action: "api_key.delete", target: id });
  });
  if (deleted.change.length === 0) throw new AppError("NOT_FOUND");
  keyEnded(ctx.deps);
}

function summarize(row: typeof apiKeys.$inferSelect): ApiKeySummary {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    scopes: row.scopes as Scope[],
    software: row.software,
    expires_at: isoOrNull(row.expiresAt),
    created_at: new Date(row.createdAt).toISOString(),
  };
}
