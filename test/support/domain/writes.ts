import type { Database } from "../../../functions/core/database/database.ts";

type Around = <T>(write: () => Promise<T>) => Promise<T>;

/** A database that hands each of its batches to `around`, which runs it and may do something before or behind it. */
export function aroundWrites(db: Database, around: Around): Database {
  const write = (...given: Parameters<Database["write"]>) => around(() => db.write(...given));
  const tryWrite = (...given: Parameters<Database["tryWrite"]>) => around(() => db.tryWrite(...given));
  return { ...db, write, tryWrite } as unknown as Database;
}
