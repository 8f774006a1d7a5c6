import { sql, type GetColumnData, type SQL } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";
import type { Database, Query } from "./database.ts";

/** How many bytes one answer of the database may hold: libSQL servers refuse answers above 10 MB. */
const PAGE_BYTES = 9_000_000;
/** Bytes that a row takes in such an answer beside its text. */
const ROW_BYTES = 120;

type Columns = Record<string, SQLiteColumn>;

/** Any number of rows of any length. None of their columns is NULL. */
export type RowSource<C extends Columns> = {
  columns: C;
  /** The FROM clause. */
  from: SQL;
  where: SQL;
  /** The columns that are unique among these rows; the rows come in their order. */
  key: SQLiteColumn;
  descending?: boolean;
};

export type PagedRow<C extends Columns> = { [K in keyof C]: GetColumnData<C[K]> };

type Key = string | number;
type StoredRow = { place: Key; fields: string; more: number };

/**
 * All rows of a source, in pages that the database can answer whole and that an isolate has room for. One round trip each;
 * 10,000 ordinary rows are one page.
 * @param first the first page, where it was read with something else
 */
export async function* readPages<C extends Columns>(
  db: Database,
  source: RowSource<C>,
  first?: StoredRow[],
): AsyncGenerator<PagedRow<C>[], void> {
  let stored = first ?? (await db.read((q) => selectPage(q, source)));
  for (;;) {
    yield stored.map(({ fields }) => readFields(source.columns, fields));
    const last = stored.at(-1);
    if (!last?.more) return;
    stored = await db.read((q) => selectPage(q, source, last.place));
  }
}

/** The first page, or the page after the row with this key. */
export function selectPage<C extends Columns>(query: Query, source: RowSource<C>, after?: Key) {
  const { columns, from, where, key, descending = false } = source;
  const fields = sql.join(
    Object.values(columns).map((column) => sql`${column}`),
    sql`, `,
  );
  const behind =
    after === undefined ? sql`` : descending ? sql`AND ${key} < ${after}` : sql`AND ${key} > ${after}`;
  const order = descending ? sql`place DESC` : sql`place`;
  // Each row is read as one JSON text, which takes a third of the space of its columns. Quoting that text tells how long it
  // gets in the answer.
  return query.all<StoredRow>(sql`
    WITH listed AS (
      SELECT ${key} AS place, json_array(${fields}) AS fields FROM ${from} WHERE ${where} ${behind}
    ), sized AS (
      SELECT place, fields, lead(1, 1, 0) OVER (ORDER BY ${order}) AS more,
        sum(length(CAST(json_quote(place || fields) AS BLOB)) + ${ROW_BYTES}) OVER (ORDER BY ${order}) AS total
      FROM listed
    )
    SELECT place, fields, more FROM sized WHERE total <= ${PAGE_BYTES} ORDER BY ${order}`);
}

/** JSON holds the values as the database stores them: booleans as numbers, objects as text. */
function readFields<C extends Columns>(columns: C, text: string): PagedRow<C> {
  const values = JSON.parse(text) as unknown[];
  const entries = Object.entries(columns).map(
    ([name, column], index) => [name, column.mapFromDriverValue(values[index])] as const,
  );
  return Object.fromEntries(entries) as PagedRow<C>;
}
