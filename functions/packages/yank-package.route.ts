import { createRoute } from "@hono/zod-openapi";
import { withApiKey } from "../accounts/authenticate.middleware.ts";
import { apiKeySecurity } from "../accounts/schemas.ts";
import { contextOf } from "../core/http/request.ts";
import { errorResponses, type Router } from "../core/http/router.ts";
import { yankPackage } from "./yank-package.ts";
import { packageIdParam, yankAnswer } from "./schemas.ts";

const route = createRoute({
  method: "post",
  path: "/api/v1/packages/{id}/yank",
  tags: ["Packages"],
  summary: "Withdraw a package from version checks",
  security: apiKeySecurity,
  middleware: withApiKey,
  request: { params: packageIdParam },
  responses: {
    200: { description: "Done", content: { "application/json": { schema: yankAnswer } } },
    ...errorResponses("VALIDATION_ERROR", "INVALID_API_KEY", "INSUFFICIENT_SCOPE", "PACKAGE_NOT_FOUND"),
  },
});

export const yankPackageRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const { id } = c.req.valid("param");
    await yankPackage(contextOf(c), id);
    return c.json({ id, yanked: true }, 200);
  });
