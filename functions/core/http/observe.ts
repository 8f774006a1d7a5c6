import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { nobody } from "../context.ts";
import type { AppEnv } from "./request.ts";
import type { Deps } from "../deps.ts";
import { createIdSequence } from "../../kit/ids.ts";
import { chooseLocale } from "../locale/locale.ts";
import { redact } from "../log/logger.ts";

/**
 * Runs before everything else. It gives a request its id, language and dependencies, its answer the headers that every
 * answer has, and the log one line about both. The line holds the query string of refused requests only, without secrets.
 */
export function observe(deps: Deps) {
  const nextId = createIdSequence("req");
  return createMiddleware<AppEnv>(async (c, next) => {
    const startedAt = deps.clock();
    const requestId = nextId(startedAt);
    c.set("deps", deps);
    c.set("requestId", requestId);
    c.set("actor", nobody);
    c.set("locale", chooseLocale(c.req.header("accept-language"), deps.config.DEFAULT_LOCALE));
    await next();
    if (!c.get("hasStandardHeaders")) addStandardHeaders(c);
    const { status } = c.res;
    const { method, path } = c.req;
    const ms = deps.clock() - startedAt;
    const query = status >= 400 ? queryWithoutSecrets(c.req.url) : undefined;
    deps.log.request({ request_id: requestId, method, path, query, status, ms });
    c.get("later")?.begin();
    if (deps.logSink.waiting > 0) deps.logSink.flushSoon((work) => c.executionCtx.waitUntil(work));
  });
}

/**
 * The headers that every answer has, for a handler whose answers must be cheap: setting them when the answer is made costs
 * less than adding them later.
 */
export function standardHeaders(c: Context<AppEnv>): Record<string, string> {
  c.set("hasStandardHeaders", true);
  return {
    "X-Request-Id": c.get("requestId"),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
  };
}

function addStandardHeaders(c: Context<AppEnv>): void {
  const { headers } = c.res;
  for (const [name, value] of Object.entries(standardHeaders(c))) headers.set(name, value);
  if (!headers.has("Cache-Control")) headers.set("Cache-Control", "private, no-store");
}

function queryWithoutSecrets(url: string): unknown {
  return redact(Object.fromEntries(new URL(url).searchParams));
}
