import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import type { Actor, UserActor } from "../core/context.ts";
import type { AppEnv } from "../core/http/request.ts";
import { AppError } from "../core/errors.ts";
import { actorOfKey, authenticateKey } from "./api-keys/api-keys.ts";
import { looksSigned, type Credential } from "./readers.ts";
import { consoleCookie } from "./sessions/cookie.middleware.ts";
import { readProof, type Proof } from "./sign-in/proofs.ts";
import { findSession } from "./sign-in/sessions.ts";

/** An API key in the request's head: `X-API-Key`, `Authorization: Bearer`, or `api_key` in the query. */
function presentedKey(c: Context<AppEnv>): string | undefined {
  return c.req.header("x-api-key") || bearerToken(c) || c.req.query("api_key");
}

/** What the request's `Authorization: Bearer` brings. */
export const bearerToken = (c: Context<AppEnv>) =>
  /^Bearer\s+(\S+)$/i.exec(c.req.header("authorization") ?? "")?.[1];

/**
 * What signs the request's user in: the token in its head or, where there is none, the console's cookie.
 * @throws AppError NOT_FROM_CONSOLE where the cookie may not be used.
 */
export function proofOf(c: Context<AppEnv>): Proof | undefined {
  const token = bearerToken(c);
  if (token !== undefined) return { token };
  const cookie = consoleCookie(c);
  return cookie === undefined ? undefined : { cookie };
}

/**
 * What a request brings to be let read private software by: as an API key is presented, or as `key` in the query, which some
 * updaters copy from their base address to every other one; else the console's cookie.
 */
export const readCredential =
  (c: Context<AppEnv>): Credential =>
  () => {
    const presented = presentedKey(c) || c.req.query("key");
    if (presented) return presented;
    const cookie = consoleCookie(c);
    return cookie === undefined ? undefined : { cookie };
  };

/** The headers of an answer that tells of private software: no cache may give it to anybody else. */
export const privateHeaders = {
  "Cache-Control": "private, no-store",
  Vary: "Authorization, X-API-Key, Cookie",
};

/** Makes the signed-in user the request's actor. @throws AppError INVALID_TOKEN where nobody is signed in. */
export const withUser = createMiddleware<AppEnv>(async (c, next) => {
  const user = await findUser(c);
  if (!user) throw new AppError("INVALID_TOKEN");
  c.set("actor", user);
  await next();
});

/**
 * As `withUser`, for what programs read too: an API key is let in as well.
 * @throws AppError INVALID_TOKEN where neither is presented, or what is presented is not good.
 */
export const withUserOrKey = createMiddleware<AppEnv>(async (c, next) => {
  const presented = bearerToken(c) ?? c.req.header("x-api-key");
  const actor = presented
    ? ((await signedIn(c, presented)) ?? (await actorOfKey(c.var.deps, presented)))
    : await findUser(c);
  if (!actor) throw new AppError("INVALID_TOKEN");
  c.set("actor", actor);
  await next();
});

/**
 * Refuses a request that brings neither a token that we signed nor the console's cookie. Whether the session still runs, the
 * handler asks the database.
 */
export const requireSigned = createMiddleware<AppEnv>(async (c, next) => {
  const proof = proofOf(c);
  if (!proof || !(await readProof(c.var.deps, proof))) throw new AppError("INVALID_TOKEN");
  await next();
});

/** Makes the signed-in user the request's actor where signing in is optional: a token that is not valid counts as none. */
export const withOptionalUser = createMiddleware<AppEnv>(async (c, next) => {
  const user = await findUser(c);
  if (user) c.set("actor", user);
  await next();
});

/** Makes the presented API key or the signed-in user the request's actor; a request with neither goes on as nobody. */
export const withApiKey = createMiddleware<AppEnv>(async (c, next) => {
  const key = presentedKey(c);
  if (key) c.set("actor", (await signedIn(c, key)) ?? (await authenticateKey(c.var.deps, key)));
  else {
    const user = await findUser(c);
    if (user) c.set("actor", user);
  }
  await next();
});

async function findUser(c: Context<AppEnv>): Promise<UserActor | undefined> {
  const proof = proofOf(c);
  return proof && findSession(c.var.deps, proof);
}

async function signedIn(c: Context<AppEnv>, presented: string): Promise<Actor | undefined> {
  if (presented !== bearerToken(c) || !looksSigned(presented)) return undefined;
  return findSession(c.var.deps, { token: presented });
}
