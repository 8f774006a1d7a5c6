import { createMiddleware } from "hono/factory";
import type { AppEnv } from "../../core/http/request.ts";

/** Reads an empty body as one without fields: many programs declare JSON where they send nothing. */
export const emptyAsNoFields = createMiddleware<AppEnv>(async (c, next) => {
  const isDeclared = /json/i.test(c.req.header("content-type") ?? "");
  if (isDeclared && (await c.req.text()) === "")
    Object.assign(c.req.bodyCache, { text: Promise.resolve("{}") });
  await next();
});
