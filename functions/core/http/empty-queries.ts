import { createMiddleware } from "hono/factory";
import type { AppEnv } from "./request.ts";

/** A parameter without a value, or without its `=`. */
const EMPTY = /[?&](?:[^=&#]*=?)(?=[&#]|$)/;

/**
 * Treats query parameters without a value as not given, on every surface, as empty fields of a form are. A request with a
 * body keeps its URL: its parameters are in the body, and copying the request would take the body from the client that is
 * still sending it.
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
