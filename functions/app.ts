import { OpenAPIHono } from "@hono/zod-openapi";
import { cors } from "hono/cors";
import type { AppEnv } from "./core/http/request.ts";
import type { Deps } from "./core/deps.ts";
import { detailEnvelope, type Envelope } from "./core/http/envelopes.ts";
import { AppError } from "./core/errors.ts";
import { observe } from "./core/http/observe.ts";
import { leaveOutEmptyQueries } from "./core/http/empty-queries.ts";
import { refuseOtherMethods } from "./core/http/other-methods.ts";
import { refuseHalfCharacters } from "./core/http/half-characters.ts";
import { answerError } from "./core/http/router.ts";
import { surfaceOf, surfaces } from "./surfaces.ts";

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];
const pages = ["/docs", "/redoc", "/assets/*", "/openapi.json", "/favicon.svg"];

/** The whole HTTP interface over one set of dependencies. */
export function createApp(deps: Deps): OpenAPIHono<AppEnv> {
  const app = new OpenAPIHono<AppEnv>({ strict: false });

  app.use(observe(deps));
  app.use(leaveOutEmptyQueries);
  app.use(refuseHalfCharacters);
  const origins = deps.config.CORS_ORIGINS;
  if (origins.length > 0) {
    app.use(cors({ origin: origins, exposeHeaders: ["X-Request-Id", "Retry-After", "ETag"], maxAge: 3600 }));
  }

  app.use(refuseOtherMethods(app));
  for (const { routes } of surfaces) app.route("/", routes());
  for (const page of pages) app.get(page, (c) => c.var.deps.assets(c.req.raw));

  app.onError((error, c) => answerError(c, error, envelopeOf(c.req.path)));
  app.notFound((c) => {
    const envelope = envelopeOf(c.req.path);
    const allowed = methods.filter((method) =>
      app.router.match(method, c.req.path)[0].some(([[, route]]) => route.method !== "ALL"),
    );
    if (allowed.length === 0) return answerError(c, new AppError("NOT_FOUND"), envelope);
    c.header("Allow", allowed.join(", "));
    return answerError(c, new AppError("METHOD_NOT_ALLOWED"), envelope);
  });
  return app;
}

/** The form in which a surface's clients read errors. A path that does not exist is answered in its surface's form too. */
const envelopeOf = (path: string): Envelope => surfaceOf(path)?.envelope ?? detailEnvelope;
