import { createMiddleware } from "hono/factory";
import { nobody, type AppEnv } from "./context.ts";
import type { Deps } from "./deps.ts";
import { newId } from "./ids.ts";
import { chooseLocale } from "./locale.ts";
import { redact } from "./logger.ts";

/**
 * First in line: gives a request its id, language and dependencies, its answer the headers every answer carries, and
 * the log one line about both. The query string is logged for refused requests only, without secrets.
 */
export function observe(deps: Deps) {
  return createMiddleware<AppEnv>(async (c, next) => {
    const startedAt = deps.clock();
    const requestId = newId("req", startedAt);
    c.set("deps", deps);
    c.set("requestId", requestId);
    c.set("actor", nobody);
    c.set("locale", chooseLocale(c.req.header("accept-language"), deps.config.DEFAULT_LOCALE));
    await next();
    const { headers, status } = c.res;
    headers.set("X-Request-Id", requestId);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    if (!headers.has("Cache-Control")) headers.set("Cache-Control", "private, no-store");
    deps.log.info("request", {
      request_id: requestId,
      method: c.req.method,
      path: c.req.path,
      ...(status >= 400 ? { query: queryWithoutSecrets(c.req.url) } : {}),
      status,
      ms: deps.clock() - startedAt,
    });
  });
}

function queryWithoutSecrets(url: string): unknown {
  const query = Object.fromEntries(new URL(url).searchParams);
  return redact(query);
}
