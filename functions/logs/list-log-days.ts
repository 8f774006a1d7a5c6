import { requireAdmin } from "../accounts/sign-in/sessions.ts";
import type { Ctx } from "../core/context.ts";
import type { LogName } from "./log-kinds.ts";
import { archiveFolder } from "./log-lines.ts";

/** A day of a log that has left the database. */
export type LogDay = {
  /** YYYY-MM-DD, UTC. */
  date: string;
  /** Bytes. */
  size: number;
};

/**
 * The archived days of a log, oldest first: at most 1,000, as the bucket lists them. One request to the bucket.
 * @param after the day after which to begin
 */
export async function listLogDays(ctx: Ctx, log: LogName, after?: string): Promise<{ items: LogDay[] }> {
  requireAdmin(ctx);
  const folder = archiveFolder(log);
  const { objects } = await ctx.deps.storage.list(folder, after && `${folder}${after}.jsonl`);
  return {
    items: objects.map(({ key, size }) => ({
      date: key.slice(folder.length, folder.length + "YYYY-MM-DD".length),
      size,
    })),
  };
}
