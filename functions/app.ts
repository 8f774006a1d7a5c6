import { OpenAPIHono } from "@hono/zod-openapi";
import { cors } from "hono/cors";
import { accessTokenRoutes, accountRoutes, administratorRoutes, apiKeyRoutes } from "./accounts/index.ts";
import { adminRoutes, logRoutes } from "./admin/index.ts";
import { backupRoutes } from "./backups/index.ts";
import { billingRoutes } from "./billing/index.ts";
import { catalogueRoutes } from "./catalogue/index.ts";
import { computeRoutes } from "./compute/index.ts";
import type { AppEnv } from "./core/context.ts";
import type { Deps } from "./core/deps.ts";
import {
  accountEnvelope,
  codeEnvelope,
  detailEnvelope,
  fastApiEnvelope,
  resultEnvelope,
  taskEnvelope,
  type Envelope,
} from "./core/http/envelopes.ts";
import { AppError } from "./core/errors.ts";
import { observe } from "./core/http/observe.ts";
import { answerError } from "./core/http/router.ts";
import { pluginRoutes } from "./plugins/index.ts";
import { softwareRoutes } from "./software/index.ts";
import { updateRoutes } from "./updates/index.ts";
import { uploadRoutes } from "./uploads/index.ts";

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];
/** The longer of two prefixes stands first. */
const forms: [string, Envelope][] = [
  ["/api/admin/login", codeEnvelope],
  ["/api/admin/password", codeEnvelope],
  ["/api/software", codeEnvelope],
  ["/api/versions", codeEnvelope],
  ["/api/check", codeEnvelope],
  ["/api/plugins", resultEnvelope],
  ["/api/backups", resultEnvelope],
  ["/api/auth", accountEnvelope],
  ["/api/users", accountEnvelope],
  ["/api/tasks", taskEnvelope],
  ["/api/gpu", taskEnvelope],
  ["/api/recharge", taskEnvelope],
  ["/api/admin", taskEnvelope],
  ["/api/logs", taskEnvelope],
  ["/api/v1/appwares", fastApiEnvelope],
  ["/api/v1/login", fastApiEnvelope],
];

const pages = ["/docs", "/redoc", "/assets/*", "/openapi.json", "/favicon.svg"];

/** The whole HTTP interface over one set of dependencies. */
export function createApp(deps: Deps): OpenAPIHono<AppEnv> {
  const app = new OpenAPIHono<AppEnv>({ strict: false });

  app.use(observe(deps));
  const origins = deps.config.CORS_ORIGINS;
  if (origins.length > 0) {
    app.use(cors({ origin: origins, exposeHeaders: ["X-Request-Id", "Retry-After", "ETag"], maxAge: 3600 }));
  }

  app.route("/", uploadRoutes());
  app.route("/", apiKeyRoutes());
  app.route("/", accountRoutes());
  app.route("/", administratorRoutes());
  app.route("/", accessTokenRoutes());
  app.route("/", updateRoutes());
  app.route("/", softwareRoutes());
  app.route("/", catalogueRoutes());
  app.route("/", pluginRoutes());
  app.route("/", backupRoutes());
  app.route("/", billingRoutes());
  app.route("/", computeRoutes());
  app.route("/", adminRoutes());
  app.route("/", logRoutes());
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

/** The form in which a surface's clients read refusals, also of what is not there. */
function envelopeOf(path: string): Envelope {
  const of = forms.find(([prefix]) => path === prefix || path.startsWith(`${prefix}/`));
  return of?.[1] ?? detailEnvelope;
}
