import { StackError, reason } from "./stack/errors.ts";
import { migrateDatabase } from "./stack/migrations.ts";

const { LIBSQL_URL, LIBSQL_AUTH_TOKEN } = process.env;
try {
  if (!LIBSQL_URL) throw new StackError("LIBSQL_URL is not set: set it to the libSQL server to migrate");
  await migrateDatabase(LIBSQL_URL, LIBSQL_AUTH_TOKEN || undefined);
  process.stdout.write(`Migrated ${new URL(LIBSQL_URL).host}\n`);
} catch (error) {
  process.stderr.write(`${reason(error)}\n`);
  process.exitCode = 1;
}
