import { createMiddleware } from "hono/factory";
import type { AppEnv } from "../core/context.ts";

/** Contract 1's limit on queries, per client address. */
export const limitQueries = createMiddleware<AppEnv>(async (c, next) => {
  const address = c.req.header("cf-connecting-ip") ?? "unknown";
  const asked = c.var.deps.limits.queries.count(address);
  if (asked) await asked;
  await next();
});
