import { createRoute, z } from "@hono/zod-openapi";
import { withApiKey } from "../../accounts/authenticate.middleware.ts";
import { apiKeySecurity } from "../../accounts/schemas.ts";
import { contextOf } from "../../core/http/request.ts";
import { errorResponses, type Router } from "../../core/http/router.ts";
import { packageIdParam } from "../schemas.ts";
import { companionRole } from "./companion-fields.ts";
import { deleteCompanion } from "./delete-companion.ts";

const route = createRoute({
  method: "delete",
  path: "/api/v1/packages/{id}/companions/{role}",
  tags: ["Packages"],
  summary: "Delete a package's block map or zsync file",
  security: apiKeySecurity,
  middleware: withApiKey,
  request: { params: packageIdParam.extend({ role: companionRole }) },
  responses: {
    200: {
      description: "Deleted",
      content: {
        "application/json": {
          schema: z.object({ id: z.int(), role: companionRole }).meta({ id: "DeletedCompanion" }),
        },
      },
    },
    ...errorResponses("VALIDATION_ERROR", "INVALID_API_KEY", "INSUFFICIENT_SCOPE", "COMPANION_NOT_FOUND"),
  },
});

export const deleteCompanionRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const { id, role } = c.req.valid("param");
    await deleteCompanion(contextOf(c), id, role);
    return c.json({ id, role }, 200);
  });
