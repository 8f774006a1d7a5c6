import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { clientAddress } from "../../core/http/client-address.ts";
import type { AppEnv } from "../../core/http/request.ts";
import { KNOWN_SECONDS, type Origin } from "./origins.ts";

const DEVICE = "slipway_device";

/** Where a sign-in comes from. Programs that keep no cookies are only known by their address. */
export const originOf = (c: Context<AppEnv>): Origin => ({
  address: clientAddress(c),
  device: getCookie(c, DEVICE),
});

/** Gives a device the cookie by which it will be known. The cookie signs nobody in. */
export function rememberDevice(c: Context<AppEnv>, device: string): void {
  const secure = new URL(c.req.url).protocol === "https:";
  const options = {
    path: "/api",
    httpOnly: true,
    sameSite: "Strict",
    secure,
    maxAge: KNOWN_SECONDS,
  } as const;
  setCookie(c, DEVICE, device, options);
}
