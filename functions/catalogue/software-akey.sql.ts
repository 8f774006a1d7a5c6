import { sql } from "drizzle-orm";

/**
 * The akey of the software that a record leads to, as a column of a query or of the RETURNING of `appwares`. One look-up in
 * a primary key. Column names are unqualified because RETURNING knows no table names; a join would make skipping rows
 * slower.
 */
export const softwareAkey = sql<string | null>`(SELECT akey FROM software WHERE software.id = software_id)`;
