import { sql } from "drizzle-orm";
import type { Ctx } from "../core/context.ts";

export type Check = "ok" | "unreachable";

/** Asks the database and the bucket for something trivial each, side by side. */
export async function checkDependencies({ deps }: Ctx): Promise<{ database: Check; bucket: Check }> {
  const [database, bucket] = await Promise.all([
    checkDatabase({ deps }),
    outcome(deps.storage.head("health")),
  ]);
  return { database, bucket };
}

/** Asks the database for something trivial. */
export function checkDatabase({ deps }: Pick<Ctx, "deps">): Promise<Check> {
  return outcome(deps.db.read((q) => q.all(sql`SELECT 1`)));
}

async function outcome(asked: Promise<unknown>): Promise<Check> {
  return asked.then(
    () => "ok" as const,
    () => "unreachable" as const,
  );
}
