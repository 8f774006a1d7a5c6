import { createClient, type Client } from "@libsql/client/http";
import { drizzle } from "drizzle-orm/libsql/http";
import { migrate } from "drizzle-orm/libsql/migrator";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { StackError, reason } from "./errors.ts";
import { places } from "./places.ts";

/** The table in which drizzle notes which migrations it has applied. */
const APPLIED = "__drizzle_migrations";

/**
 * Applies the migrations that a libSQL server does not have yet, and makes sure that it enforces foreign keys.
 * @throws StackError when the server cannot be reached, refuses the token or a statement, ignores foreign keys, or has the
 * database of another line of builds: then nothing has changed.
 */
export async function migrateDatabase(
  url: string,
  authToken?: string,
  migrationsFolder = places.migrations,
): Promise<void> {
  const client = createClient({ url, authToken });
  try {
    await refuseEarlierBuilds(client, migrationsFolder);
    await migrate(drizzle({ client }), { migrationsFolder });
    const enforced = (await client.execute("PRAGMA foreign_keys")).rows[0]?.[0];
    if (Number(enforced) !== 1) {
      throw new StackError("LIBSQL_URL: this database does not enforce foreign keys; use sqld or Turso");
    }
  } catch (error) {
    if (error instanceof StackError) throw error;
    throw new StackError(explained(error));
  } finally {
    client.close();
  }
}

/**
 * A database that began with other migrations has other tables, even where they have the same names. A database with further
 * migrations belongs to a later build; migrations only add, so this build can use it.
 */
async function refuseEarlierBuilds(client: Client, migrationsFolder: string): Promise<void> {
  const noted = await client.execute(`SELECT 1 FROM sqlite_master WHERE name = '${APPLIED}'`);
  if (noted.rows.length === 0) return;
  const { rows: applied } = await client.execute(`SELECT hash FROM ${APPLIED} ORDER BY created_at`);
  const own = readMigrationFiles({ migrationsFolder });
  const begunOtherwise = own.some(({ hash }, index) => applied[index] && applied[index].hash !== hash);
  if (!begunOtherwise) return;
  throw new StackError(
    "This build cannot read data of an earlier build from before the first release, and has changed nothing: " +
      "keep it and start with a new DATA_DIR (or LIBSQL_URL), or export what you need with the earlier build",
  );
}

/** What went wrong with the database, with what to do about it; never its address, token or statements. */
function explained(error: unknown): string {
  const chain = causesOf(error);
  const codes = chain.map((cause) => (cause as NodeJS.ErrnoException).code).filter(Boolean);
  const said = chain.map(reason);
  const system = codes.find((code) => /^(E[A-Z]+|UND_ERR_[A-Z_]+|CERT_[A-Z_]+)$/.test(code ?? ""));
  if (system) {
    return `LIBSQL_URL: the database does not answer (${system}); check the address, and that the server runs`;
  }
  if (said.some((text) => /\b(401|403)\b/.test(text))) {
    return "LIBSQL_AUTH_TOKEN: the database refuses the token; set one that may write";
  }
  if (said.some((text) => /\b404\b/.test(text))) {
    return "LIBSQL_URL: there is no libSQL database at this address; correct it";
  }
  const last = said.at(-1)?.split("\n")[0] ?? "";
  return `The database cannot be migrated: ${last}`;
}

function causesOf(error: unknown): unknown[] {
  const chain: unknown[] = [];
  for (let cause = error; cause instanceof Error && !chain.includes(cause); cause = cause.cause)
    chain.push(cause);
  return chain;
}
