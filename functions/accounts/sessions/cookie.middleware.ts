import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { createMiddleware } from "hono/factory";
import { AppError } from "../../core/errors.ts";
import type { AppEnv } from "../../core/http/request.ts";
import { SESSION_SECONDS } from "./console-sessions.ts";

const NAME = "slipway_session";
/** By this prefix a browser vouches that the cookie is ours alone: no other host of the domain can have set it. */
const SECURE_NAME = `__Host-${NAME}`;
/** What the console's requests have and no form of another page can send. */
const MARK = "x-slipway-console";
const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * The secret in the console's cookie, if the request has one. A request that may change something must also come from the
 * console's own pages.
 * @throws AppError NOT_FROM_CONSOLE.
 */
export function consoleCookie(c: Context<AppEnv>): string | undefined {
  if (c.req.header("cookie") === undefined) return undefined;
  const secret = getCookie(c, isSecure(c) ? SECURE_NAME : NAME);
  if (!secret) return undefined;
  if (!SAFE.has(c.req.method)) requireConsole(c);
  return secret;
}

/** Lets nobody through but the console's own pages. @throws AppError NOT_FROM_CONSOLE. */
export const fromConsole = createMiddleware<AppEnv>(async (c, next) => {
  requireConsole(c);
  await next();
});

/** Gives the browser the cookie of a session, or the same one for longer. */
export const setConsoleCookie = (c: Context<AppEnv>, secret: string): void =>
  setCookie(c, isSecure(c) ? SECURE_NAME : NAME, secret, { ...attributes(c), maxAge: SESSION_SECONDS });

/** Takes the cookie away. */
export const clearConsoleCookie = (c: Context<AppEnv>): void =>
  void deleteCookie(c, isSecure(c) ? SECURE_NAME : NAME, attributes(c));

const attributes = (c: Context<AppEnv>) =>
  ({ path: "/", httpOnly: true, sameSite: "Strict", secure: isSecure(c) }) as const;

function requireConsole(c: Context<AppEnv>): void {
  if (c.req.header(MARK) !== "1" || !isSameOrigin(c)) throw new AppError("NOT_FROM_CONSOLE");
}

/** Browsers say where a request comes from in `Sec-Fetch-Site`; to plain addresses of a network some do in `Origin` alone. */
function isSameOrigin(c: Context<AppEnv>): boolean {
  const site = c.req.header("sec-fetch-site");
  if (site !== undefined) return site === "same-origin";
  return c.req.header("origin") === new URL(c.req.url).origin;
}

const isSecure = (c: Context<AppEnv>): boolean => new URL(c.req.url).protocol === "https:";
