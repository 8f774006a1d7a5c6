import { sql, type SQL } from "drizzle-orm";
import { audit } from "../../schema/core.ts";
import { actorName, type Actor } from "./context.ts";
import type { Deps } from "./deps.ts";
import type { Query, Statement } from "./database/database.ts";

export type AuditEntry = {
  /** `noun.verb`, as in `package.yank`. */
  action: string;
  /** The id of what was changed. */
  target: string | SQL;
  detail?: Record<string, unknown>;
  /** Who did it, where that is not the context's actor. */
  actor?: string;
  /** Milliseconds since 1970, where that is not now. */
  at?: number;
};

/** What an audit row needs of a context. */
type Auditing = { actor: Actor; deps: Pick<Deps, "clock"> };

/**
 * Puts a change and the audit row of it side by side in a batch. Where the change changes nothing, no row is written: the
 * row's statement asks how many rows the statement before it changed.
 */
export function audited<S extends Statement>(ctx: Auditing, q: Query, change: S, entry: AuditEntry) {
  return { change, audit: q.insert(audit).select(sql`SELECT ${columnsOf(ctx, entry)} WHERE changes() > 0`) };
}

/** The audit row of what happened, whatever else the batch changes: a refused sign-in, a decision. */
export function recordAudit(ctx: Auditing, q: Query, entry: AuditEntry) {
  return q.insert(audit).select(sql`SELECT ${columnsOf(ctx, entry)}`);
}

function columnsOf(ctx: Auditing, { action, target, detail = {}, actor, at }: AuditEntry): SQL {
  const [moment, who] = [at ?? ctx.deps.clock(), actor ?? actorName(ctx.actor)];
  return sql`NULL, ${moment}, ${who}, ${action}, ${target}, ${JSON.stringify(detail)}`;
}
