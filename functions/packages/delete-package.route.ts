import { createRoute } from "@hono/zod-openapi";
import { withApiKey } from "../accounts/authenticate.middleware.ts";
import { apiKeySecurity } from "../accounts/schemas.ts";
import { contextOf } from "../core/http/request.ts";
import { errorResponses, type Router } from "../core/http/router.ts";
import { deletePackage } from "./delete-package.ts";
import { packageIdParam } from "./schemas.ts";

const route = createRoute({
  method: "delete",
  path: "/api/v1/packages/{id}",
  tags: ["Packages"],
  summary: "Delete a package",
  description: "Its bytes leave the bucket a day later, so that downloads under way can end.",
  security: apiKeySecurity,
  middleware: withApiKey,
  request: { params: packageIdParam },
  responses: {
    204: { description: "Deleted" },
    ...errorResponses("VALIDATION_ERROR", "INVALID_API_KEY", "INSUFFICIENT_SCOPE", "PACKAGE_NOT_FOUND"),
  },
});

export const deletePackageRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    await deletePackage(contextOf(c), c.req.valid("param").id);
    return c.body(null, 204);
  });
