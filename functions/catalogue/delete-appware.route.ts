import { createRoute, z } from "@hono/zod-openapi";
import { withUser } from "../accounts/authenticate.middleware.ts";
import { userSecurity } from "../accounts/schemas.ts";
import { contextOf } from "../core/http/request.ts";
import type { Router } from "../core/http/router.ts";
import { deleteAppWare } from "./appwares.ts";
import { appwareParam, errorResponses } from "./schemas.ts";

const route = createRoute({
  method: "delete",
  path: "/api/v1/appwares/{appware_id}",
  tags: ["Catalogue"],
  summary: "Delete a record",
  description: "For who made it, and administrators. It is hidden for good; its name may be used again.",
  security: userSecurity,
  middleware: withUser,
  request: { params: appwareParam },
  responses: {
    200: {
      description: "Deleted",
      content: { "application/json": { schema: z.object({ message: z.string() }) } },
    },
    ...errorResponses("INVALID_TOKEN", "ACCESS_DENIED", "APPWARE_NOT_FOUND", "VALIDATION_ERROR"),
  },
});

export const deleteAppWareRoute = (router: Router) =>
  router.openapi(route, async (c) =>
    c.json(await deleteAppWare(contextOf(c), c.req.valid("param").appware_id), 200),
  );
