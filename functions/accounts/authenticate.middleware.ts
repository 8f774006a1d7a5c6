import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import type { Actor } from "../core/context.ts";
import type { AppEnv } from "../core/http/request.ts";
import { AppError } from "../core/errors.ts";
import { authenticateKey } from "./api-keys/api-keys.ts";
import { looksSigned, type Credential } from "./readers.ts";
import { findSession } from "./sign-in/sessions.ts";
import { readToken } from "./sign-in/tokens.ts";

/** An API key in the request's head: `X-API-Key`, `Authorization: Bearer`, or `api_key` in the query. */
function presentedKey(c: Context<AppEnv>): string | undefined {
  return c.req.header("x-api-key") || bearerToken(c) || c.req.query("api_key");
}

/** What the request's `Authorization: Bearer` brings. */
export const bearerToken = (c: Context<AppEnv>) =>
  /^Bearer\s+(\S+)$/i.exec(c.req.header("authorization") ?? "")?.[1];

/**
 * What a request brings to be let read private software by: as an API key is presented, or as `key` in the query, which some
 * updaters copy from their base address to every other one.
 */
export const readCredential =
  (c: Context<AppEnv>): Credential =>
  () =>
    presentedKey(c) || c.req.query("key");

/** The headers of an answer that tells of private software: no cache may give it to anybody else. */
export const privateHeaders = { "Cache-Control": "private, no-store", Vary: "Authorization, X-API-Key" };

/** Makes the signed-in user the request's actor. @throws AppError INVALID_TOKEN where nobody is signed in. */
export const withUser = createMiddleware<AppEnv>(async (c, next) => {
  const token = bearerToken(c);
  const user = token === undefined ? undefined : await findSession(c.var.deps, token);
  if (!user) throw new AppError("INVALID_TOKEN");
  c.set("actor", user);
  await next();
});

/** Refuses a request whose token we did not sign. Whether the token's session still runs, the handler asks the database. */
export const requireSigned = createMiddleware<AppEnv>(async (c, next) => {
  const token = bearerToken(c);
  if (token === undefined || !(await readToken(c.var.deps, token))) throw new AppError("INVALID_TOKEN");
  await next();
});

/** Makes the signed-in user the request's actor where signing in is optional: a token that is not valid counts as none. */
export const withOptionalUser = createMiddleware<AppEnv>(async (c, next) => {
  const token = bearerToken(c);
  const user = token === undefined ? undefined : await findSession(c.var.deps, token);
  if (user) c.set("actor", user);
  await next();
});

/** Makes the presented API key or the signed-in user the request's actor; a request with neither goes on as nobody. */
export const withApiKey = createMiddleware<AppEnv>(async (c, next) => {
  const key = presentedKey(c);
  if (key) c.set("actor", (await signedIn(c, key)) ?? (await authenticateKey(c.var.deps, key)));
  await next();
});

async function signedIn(c: Context<AppEnv>, presented: string): Promise<Actor | undefined> {
  if (presented !== bearerToken(c) || !looksSigned(presented)) return undefined;
  return findSession(c.var.deps, presented);
}
