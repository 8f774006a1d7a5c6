import { sql, type SQL } from "drizzle-orm";
import { webhookDeliveries, webhookEndpoints } from "../../../schema/webhooks.ts";
import type { Ctx } from "../../core/context.ts";
import type { Query, Statement } from "../../core/database/database.ts";
import { idPrefix } from "../../kit/ids.ts";
import { deliverDue } from "../sending/deliver-due.ts";
import type { EventData, EventType } from "./events.ts";
import { payloadOf, type SqlOr } from "./payload.ts";

/** Random bytes of an id that the database makes. */
const ID_BYTES = 10;

/** What happened, for whoever wants to be told of it. */
export type Event<T extends EventType = EventType> = {
  [Type in EventType]: {
    type: Type;
    data: SqlOr<EventData<Type>>;
    /** The slug of the software that it is about; none for what is about no software. */
    software?: string | SQL;
    /** The rows that it happened to, as a FROM clause without its word: one event for each. */
    from?: SQL;
    /** Where this does not hold, nothing is told. */
    when?: SQL;
    /** Milliseconds since 1970, where that is not now. */
    at?: number;
  };
}[T];

/** For `when`: the statement before this one has changed something. */
export const ifChanged: SQL = sql`changes() > 0`;

/**
 * The statement that tells of an event: it writes a delivery for each endpoint that wants it, and nothing where nobody does.
 * It belongs into the batch of what happened, so that both are true or neither is.
 */
export function tellOf(ctx: Ctx, q: Query, event: Event): Statement {
  ctx.later.add(deliverDue);
  const at = event.at ?? ctx.deps.clock();
  const isWanted = sql`${webhookEndpoints.isEnabled} AND (${webhookEndpoints.events} IS NULL
    OR EXISTS (SELECT 1 FROM json_each(${webhookEndpoints.events}) WHERE value = ${event.type}))`;
  const from = event.from ? sql`FROM ${event.from}` : sql``;
  return q.insert(webhookDeliveries).select(sql`
    WITH told AS MATERIALIZED (
      SELECT ${newIdOf("evt", at)} AS event, ${event.software ?? null} AS software, ${payloadOf(event.type, at, event.data)} AS payload
      ${from} WHERE EXISTS (SELECT 1 FROM ${webhookEndpoints} WHERE ${isWanted}) AND (${event.when ?? sql`1`}))
    SELECT ${newIdOf("msg", at)}, ${webhookEndpoints.id}, told.event, ${event.type}, told.payload,
      'pending', 0, 0, ${at}, 0, ${at}, NULL
    FROM told CROSS JOIN ${webhookEndpoints}
    WHERE ${isWanted} AND (${webhookEndpoints.software} IS NULL
      OR EXISTS (SELECT 1 FROM json_each(${webhookEndpoints.software}) WHERE value = told.software))`);
}

const newIdOf = (prefix: string, at: number): SQL =>
  sql`${idPrefix(prefix, at)} || lower(hex(randomblob(${sql.raw(String(ID_BYTES))})))`;
