import { fileURLToPath } from "node:url";
import { createClient } from "@libsql/client/http";
import { drizzle } from "drizzle-orm/libsql/http";
import { migrate } from "drizzle-orm/libsql/migrator";
import { StackError, reason } from "./errors.ts";

const MIGRATIONS = fileURLToPath(new URL("../../schema/migrations", import.meta.url));

/**
 * Applies the migrations that a libSQL server does not have yet, and makes sure that it enforces foreign keys.
 * @throws StackError when the server cannot be reached, refuses the token or a statement, or ignores foreign keys.
 */
export async function migrateDatabase(
  url: string,
  authToken?: string,
  migrationsFolder = MIGRATIONS,
): Promise<void> {
  const client = createClient({ url, authToken });
  try {
    await migrate(drizzle({ client }), { migrationsFolder });
    const enforced = (await client.execute("PRAGMA foreign_keys")).rows[0]?.[0];
    if (Number(enforced) !== 1) {
      throw new StackError("LIBSQL_URL: this server does not enforce foreign keys");
    }
  } catch (error) {
    if (error instanceof StackError) throw error;
    const cause = error instanceof Error && error.cause ? `: ${reason(error.cause)}` : "";
    throw new StackError(`The database cannot be migrated: ${reason(error).split("\n")[0]}${cause}`);
  } finally {
    client.close();
  }
}
