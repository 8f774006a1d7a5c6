import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import type { AppEnv } from "../core/context.ts";
import { authenticateKey } from "./keys.ts";

/** An API key in the request's head: `X-API-Key`, `Authorization: Bearer`, or contract 1's `api_key` in the query. */
function presentedKey(c: Context<AppEnv>): string | undefined {
  const bearer = /^Bearer\s+(\S+)$/i.exec(c.req.header("authorization") ?? "")?.[1];
  return c.req.header("x-api-key") || bearer || c.req.query("api_key");
}

/** Makes the presented API key the request's actor; a request without one goes on as nobody. */
export const withApiKey = createMiddleware<AppEnv>(async (c, next) => {
  const key = presentedKey(c);
  if (key) c.set("actor", await authenticateKey(c.var.deps, key));
  await next();
});
