import { createMiddleware } from "hono/factory";
import type { AppEnv } from "./request.ts";

/** A parameter without a value, or without its `=`. */
const EMPTY = /[?&](?:[^=&#]*=?)(?=[&#]|$)/;

/** Query parameters without a value count as not given, on every surface, as fields of a form do. */
export const leaveOutEmptyQueries = createMiddleware<AppEnv>((c, next) => {
  if (EMPTY.test(c.req.url)) c.req.raw = new Request(withoutEmpty(c.req.url), c.req.raw);
  return next();
});

function withoutEmpty(url: string): string {
  const [address = "", query = ""] = url.split(/\?(.*)/s);
  const given = query.split("&").filter((parameter) => /=./s.test(parameter));
  return given.length > 0 ? `${address}?${given.join("&")}` : address;
}
