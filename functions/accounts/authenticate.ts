import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import type { AppEnv } from "../core/context.ts";
import { AppError } from "../core/errors.ts";
import { authenticateKey } from "./keys.ts";
import { findSession } from "./sessions.ts";

/** An API key in the request's head: `X-API-Key`, `Authorization: Bearer`, or contract 1's `api_key` in the query. */
function presentedKey(c: Context<AppEnv>): string | undefined {
  return c.req.header("x-api-key") || bearerToken(c) || c.req.query("api_key");
}

const bearerToken = (c: Context<AppEnv>) =>
  /^Bearer\s+(\S+)$/i.exec(c.req.header("authorization") ?? "")?.[1];

/** Makes the signed-in user the request's actor. @throws AppError INVALID_TOKEN where nobody is. */
export const withUser = createMiddleware<AppEnv>(async (c, next) => {
  const token = bearerToken(c);
  const user = token === undefined ? undefined : await findSession(c.var.deps, token);
  if (!user) throw new AppError("INVALID_TOKEN");
  c.set("actor", user);
  await next();
});

/** The same where signing in is optional: a token that does not hold is none. */
export const withOptionalUser = createMiddleware<AppEnv>(async (c, next) => {
  const token = bearerToken(c);
  const user = token === undefined ? undefined : await findSession(c.var.deps, token);
  if (user) c.set("actor", user);
  await next();
});

/** Makes the presented API key the request's actor; a request without one goes on as nobody. */
export const withApiKey = createMiddleware<AppEnv>(async (c, next) => {
  const key = presentedKey(c);
  if (key) c.set("actor", await authenticateKey(c.var.deps, key));
  await next();
});
