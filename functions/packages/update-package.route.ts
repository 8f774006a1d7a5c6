import { createRoute, z } from "@hono/zod-openapi";
import { withApiKey } from "../accounts/authenticate.middleware.ts";
import { apiKeySecurity } from "../accounts/schemas.ts";
import { contextOf } from "../core/http/request.ts";
import { errorResponses, jsonBody, type Router } from "../core/http/router.ts";
import { packageIdParam } from "./schemas.ts";
import { updatePackage } from "./update-package.ts";
import { updaterFacts, updaterFields } from "./updater-facts.ts";

const route = createRoute({
  method: "patch",
  path: "/api/v1/packages/{id}",
  tags: ["Packages"],
  summary: "Add a signature, or what else updaters are told of a package",
  description: "What is not given stays as it is. The bytes of a package never change.",
  security: apiKeySecurity,
  middleware: withApiKey,
  request: { params: packageIdParam, ...jsonBody(z.object(updaterFields)) },
  responses: {
    200: {
      description: "Done",
      content: {
        "application/json": {
          schema: z.object({ id: z.int(), changed: z.int() }).meta({ id: "UpdatedPackage" }),
        },
      },
    },
    ...errorResponses("VALIDATION_ERROR", "INVALID_API_KEY", "INSUFFICIENT_SCOPE", "PACKAGE_NOT_FOUND"),
  },
});

export const updatePackageRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const { id } = c.req.valid("param");
    const facts = updaterFacts(c.req.valid("json"));
    await updatePackage(contextOf(c), id, facts);
    return c.json({ id, changed: Object.keys(facts).length }, 200);
  });
