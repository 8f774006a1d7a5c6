import { createRoute, z } from "@hono/zod-openapi";
import { message } from "../core/locale/locale.ts";
import { sendConsole } from "./console-page.middleware.ts";
import { VERSION } from "../core/product.ts";
import type { Router } from "../core/http/router.ts";

const answer = z
  .object({
    success: z.boolean(),
    message: z.string(),
    version: z.string(),
    status: z.string(),
    features: z.array(z.string()),
    timestamp: z.iso.datetime(),
    data: z.object({ message: z.string(), version: z.string(), docs: z.string(), health: z.string() }),
  })
  .meta({ id: "Service" });

const route = createRoute({
  method: "get",
  path: "/",
  tags: ["Service"],
  summary: "What this is; a browser gets the web console",
  responses: { 200: { description: "The service", content: { "application/json": { schema: answer } } } },
});

export const getServiceRoute = (router: Router) =>
  router.openapi(route, (c) => {
    const { deps, locale } = c.var;
    c.header("Vary", "Accept, Accept-Language");
    if (/\btext\/html\b/.test(c.req.header("accept") ?? "")) return sendConsole(c) as Promise<never>;
    const text = message(locale, "service");
    return c.json(
      {
        success: true,
        message: text,
        version: VERSION,
        status: "running",
        features: (["feature.full", "feature.patch", "feature.storage"] as const).map((key) =>
          message(locale, key),
        ),
        timestamp: new Date(deps.clock()).toISOString(),
        data: { message: text, version: VERSION, docs: "/docs", health: "/api/health" },
      },
      200,
    );
  });
