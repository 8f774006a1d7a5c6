import { eq, gt, sql } from "drizzle-orm";
import { plugins, pluginVersions } from "../../schema/plugins.ts";
import type { Ctx } from "../core/context.ts";
import { pluginColumns, pluginSummary, type PluginRow, type PluginSummary } from "./summaries.ts";

/** What one answer of the database may hold: libSQL servers refuse answers above 10 MB. */
const PAGE_BYTES = 9_000_000;
/** What a row costs beside its text in such an answer. */
const ROW_BYTES = 80;

const columns = Object.entries(pluginColumns);

/**
 * All plugins by name, disabled and deprecated ones too, in pages that a database answers whole and an isolate has room
 * for, whatever their publishers wrote: one round trip each. 10,000 usual plugins are one page.
 */
export async function* readPluginPages(ctx: Ctx): AsyncGenerator<PluginSummary[], void> {
  for (let after: string | undefined = ""; after !== undefined;) {
    const { page, last }: Page = await readPage(ctx, after);
    yield page;
    after = last;
  }
}

/** `last` is where the next page begins, if there is one. */
type Page = { page: PluginSummary[]; last: string | undefined };

async function readPage(ctx: Ctx, after: string): Promise<Page> {
  const fields = sql.join(
    columns.map(([, column]) => sql`${column}`),
    sql`, `,
  );
  // As one text each, rows cost a third of what their columns do; what it grows to in the answer is known by quoting it.
  const rows = await ctx.deps.db.read((q) =>
    q.all<{ fields: string; more: number }>(sql`
      WITH listed AS (
        SELECT ${plugins.name} AS name, json_array(${fields}) AS fields
        FROM ${plugins} INNER JOIN ${pluginVersions} ON ${eq(pluginVersions.id, plugins.currentVersionId)}
        WHERE ${gt(plugins.name, after)}
      ), sized AS (
        SELECT name, fields, lead(1, 1, 0) OVER (ORDER BY name) AS more,
          sum(length(CAST(json_quote('' || fields) AS BLOB)) + ${ROW_BYTES}) OVER (ORDER BY name) AS total
        FROM listed
      )
      SELECT fields, more FROM sized WHERE total <= ${PAGE_BYTES} ORDER BY name`),
  );
  const page = rows.map((row) => pluginSummary(readFields(row.fields)));
  return { page, last: rows.at(-1)?.more ? page.at(-1)?.name : undefined };
}

/** JSON has made numbers of the booleans. */
type Stored = Omit<PluginRow, "isEnabled" | "isDeprecated"> & { isEnabled: number; isDeprecated: number };

function readFields(text: string): PluginRow {
  const values = JSON.parse(text) as unknown[];
  const row = Object.fromEntries(columns.map(([name], index) => [name, values[index]])) as Stored;
  return { ...row, isEnabled: row.isEnabled === 1, isDeprecated: row.isDeprecated === 1 };
}
