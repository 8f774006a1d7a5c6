import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import { settings } from "../../schema/admin.ts";
import type { Deps } from "./deps.ts";
import { perIsolate } from "./isolate.ts";

/** What administrators may set while the service runs, with the values that hold until they do. */
export const configurationSchema = z.object({
  /** Pending and running tasks of one user. */
  max_concurrent_tasks_per_user: z.int().min(1).max(10_000).default(5),
  /** Seconds that a task may run. */
  default_task_timeout: z
    .int()
    .min(1)
    .max(30 * 86_400)
    .default(3600),
  /** True: users can read, and are answered SERVER_UNAVAILABLE where they would change something; administrators are not. */
  maintenance_mode: z.boolean().default(false),
});

export type Configuration = z.infer<typeof configurationSchema>;

/** How long an isolate may act on what it read last. */
const FRESH_MS = 5_000;

const cacheOf = perIsolate((): { read?: Configuration; at: number } => ({ at: -Infinity }));

/** The configuration, read again when older than five seconds. */
export async function readConfiguration(deps: Deps): Promise<Configuration> {
  const cache = cacheOf(deps);
  if (cache.read && deps.clock() - cache.at < FRESH_MS) return cache.read;
  const rows = await deps.db.read((q) => q.select().from(settings));
  const read = configurationSchema.parse(Object.fromEntries(rows.map(({ name, value }) => [name, value])));
  Object.assign(cache, { read, at: deps.clock() });
  return read;
}

/** Forgets what this isolate has read, after a change. */
export function forgetConfiguration(deps: Deps): void {
  cacheOf(deps).at = -Infinity;
}

/** A setting as an SQL expression, for statements that must go by its value at that moment. A boolean is 0 or 1. */
export function settingNow(name: keyof Configuration): SQL<number> {
  const fallback = Number(configurationSchema.parse({})[name]);
  const { value } = settings;
  return sql<number>`coalesce((SELECT CASE ${value} WHEN 'true' THEN 1 WHEN 'false' THEN 0 ELSE CAST(${value} AS INTEGER) END
    FROM ${settings} WHERE ${settings.name} = ${name}), ${fallback})`;
}
