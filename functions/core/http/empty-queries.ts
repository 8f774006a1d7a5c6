import { createMiddleware } from "hono/factory";
import type { AppEnv } from "./request.ts";

/** A parameter without a value, or without its `=`. */
const EMPTY = /[?&](?:[^=&#]*=?)(?=[&#]|$)/;

/**
 * Query parameters without a value count as not given, on every surface, as fields of a form do. A request with a body is left
 * as it is: its questions are in the body, which nobody else may hold while the client is still sending.
 */
export const leaveOutEmptyQueries = createMiddleware<AppEnv>((c, next) => {
  const { body } = c.req.raw;
  if (body === null && EMPTY.test(c.req.url)) c.req.raw = new Request(withoutEmpty(c.req.url), c.req.raw);
  return next();
});

function withoutEmpty(url: string): string {
  const [address = "", query = ""] = url.split(/\?(.*)/s);
  const given = query.split("&").filter((parameter) => /=./s.test(parameter));
  return given.length > 0 ? `${address}?${given.join("&")}` : address;
}
