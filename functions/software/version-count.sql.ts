import { sql } from "drizzle-orm";

/** How many versions a software has, as a column of a query that reads `software`: counts them in an index. */
export const versionCount = sql<number>`(SELECT count(*) FROM versions WHERE software_id = software.id)`;
