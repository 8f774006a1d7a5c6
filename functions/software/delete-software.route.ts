import { createRoute } from "@hono/zod-openapi";
import { withUser } from "../accounts/authenticate.middleware.ts";
import { userSecurity } from "../accounts/schemas.ts";
import { contextOf } from "../core/http/request.ts";
import { message } from "../core/locale/locale.ts";
import type { Router } from "../core/http/router.ts";
import { akeyParam, doneAnswer, softwareErrors } from "./schemas.ts";
import { deleteSoftware } from "./software.ts";

const route = createRoute({
  method: "delete",
  path: "/api/software/{akey}",
  tags: ["Software keys"],
  summary: "Delete software with all its versions and packages",
  security: userSecurity,
  middleware: withUser,
  request: { params: akeyParam },
  responses: {
    200: { description: "Done", content: doneAnswer },
    ...softwareErrors("INVALID_TOKEN", "ACCESS_DENIED", "SOFTWARE_NOT_FOUND"),
  },
});

export const deleteSoftwareRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    await deleteSoftware(contextOf(c), c.req.valid("param").akey);
    return c.json({ code: 200 as const, message: message(c.var.locale, "release.deleted") }, 200);
  });
