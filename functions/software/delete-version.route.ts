import { createRoute } from "@hono/zod-openapi";
import { withUser } from "../accounts/authenticate.middleware.ts";
import { userSecurity } from "../accounts/schemas.ts";
import { contextOf } from "../core/http/request.ts";
import { message } from "../core/locale/locale.ts";
import type { Router } from "../core/http/router.ts";
import { doneAnswer, softwareErrors, vkeyParam } from "./schemas.ts";
import { deleteVersion } from "./versions.ts";

const route = createRoute({
  method: "delete",
  path: "/api/versions/{vkey}",
  tags: ["Software keys"],
  summary: "Delete a version with its packages",
  description: "Where it was the latest, the highest of the others becomes it.",
  security: userSecurity,
  middleware: withUser,
  request: { params: vkeyParam },
  responses: {
    200: { description: "Done", content: doneAnswer },
    ...softwareErrors("INVALID_TOKEN", "ACCESS_DENIED", "VKEY_NOT_FOUND"),
  },
});

export const deleteVersionRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    await deleteVersion(contextOf(c), c.req.valid("param").vkey);
    return c.json({ code: 200 as const, message: message(c.var.locale, "release.deleted") }, 200);
  });
