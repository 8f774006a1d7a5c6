import { sql } from "drizzle-orm";

/**
 * The akey of the software that a record leads to, as a column of a query or RETURNING of `appwares`: one look into a
 * primary key. Unqualified, as RETURNING knows no table names; a join would slow the skipping of rows.
 */
export const softwareAkey = sql<string | null>`(SELECT akey FROM software WHERE software.id = software_id)`;
