import { isSQLWrapper, sql, type SQL } from "drizzle-orm";

/** A value whose parts may be known only to the database. */
export type SqlOr<T> =
  | SQL
  | (T extends readonly (infer Item)[]
      ? readonly SqlOr<Item>[]
      : T extends object
        ? { readonly [K in keyof T]: SqlOr<T[K]> }
        : T);

/** The JSON text of an event, as an SQL expression. @param at milliseconds since 1970 */
export const payloadOf = (type: string, at: number, data: SqlOr<object>): SQL =>
  sql`json_object('type', ${type}, 'timestamp', ${new Date(at).toISOString()}, 'data', ${jsonOf(data)})`;

/** A number that is 0 or 1 as the JSON value that it stands for. */
export const jsonFlag = (flag: SQL | { getSQL(): SQL }): SQL =>
  sql`json(CASE WHEN ${flag} THEN 'true' ELSE 'false' END)`;

/** Milliseconds since 1970 as an ISO 8601 text; NULL stays NULL. */
export const jsonMoment = (at: SQL | { getSQL(): SQL }): SQL =>
  sql`strftime('%Y-%m-%dT%H:%M:%fZ', ${at} / 1000.0, 'unixepoch')`;

/** JSON text, such as that of a sub-query with `json_group_array`, as part of other JSON. */
export const jsonText = (text: SQL): SQL => sql`json(${text})`;

function jsonOf(value: unknown): SQL {
  if (isSQLWrapper(value)) return sql`${value}`;
  if (!holdsSql(value)) return sql`json(${JSON.stringify(value)})`;
  if (Array.isArray(value)) return sql`json_array(${sql.join(value.map(jsonOf), sql`, `)})`;
  const fields = Object.entries(value as object).filter(([, part]) => part !== undefined);
  return sql`json_object(${sql.join(
    fields.map(([name, part]) => sql`${name}, ${jsonOf(part)}`),
    sql`, `,
  )})`;
}

function holdsSql(value: unknown): boolean {
  if (isSQLWrapper(value)) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(holdsSql);
}
