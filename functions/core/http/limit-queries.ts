import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import type { AppEnv } from "./request.ts";

/** Counts one query of the client's address. @throws AppError RATE_LIMIT_EXCEEDED. */
export function countQuery(c: Context<AppEnv>): Promise<void> | undefined {
  const { limits, clientAddress } = c.var.deps;
  return limits.queries.count(clientAddress(c.req.raw));
}

/** The limit on public queries, per client address. */
export const limitQueries = createMiddleware<AppEnv>(async (c, next) => {
  const asked = countQuery(c);
  if (asked) await asked;
  await next();
});
