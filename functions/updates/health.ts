import { sql } from "drizzle-orm";
import type { Ctx } from "../core/context.ts";

export type Check = "ok" | "unreachable";

/** Asks the database and the bucket for something trivial each, side by side. */
export async function checkDependencies({ deps }: Ctx): Promise<{ database: Check; bucket: Check }> {
  const [database, bucket] = await Promise.all([
    outcome(deps.db.read((q) => q.all(sql`SELECT 1`))),
    outcome(deps.storage.head("health")),
  ]);
  return { database, bucket };
}

async function outcome(asked: Promise<unknown>): Promise<Check> {
  return asked.then(
    () => "ok" as const,
    () => "unreachable" as const,
  );
}
