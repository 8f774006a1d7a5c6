import { createRoute, z } from "@hono/zod-openapi";
import { withUser } from "../accounts/authenticate.middleware.ts";
import { userSecurity } from "../accounts/schemas.ts";
import { contextOf } from "../core/http/request.ts";
import { message } from "../core/locale/locale.ts";
import { jsonBody, type Router } from "../core/http/router.ts";
import { akeyParam, description, doneAnswer, softwareErrors, softwareName, visibility } from "./schemas.ts";
import { updateSoftware } from "./software.ts";

const route = createRoute({
  method: "put",
  path: "/api/software/{akey}",
  tags: ["Software keys"],
  summary: "Rename or describe software, make it private or public",
  description: "Its akey and slug stay what they are.",
  security: userSecurity,
  middleware: withUser,
  request: {
    params: akeyParam,
    ...jsonBody(
      z.object({
        name: softwareName.optional(),
        description: description.optional(),
        visibility: visibility.optional(),
      }),
    ),
  },
  responses: {
    200: { description: "Done", content: doneAnswer },
    ...softwareErrors(
      "VALIDATION_ERROR",
      "SOFTWARE_EXISTS",
      "INVALID_TOKEN",
      "ACCESS_DENIED",
      "SOFTWARE_NOT_FOUND",
    ),
  },
});

export const updateSoftwareRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    await updateSoftware(contextOf(c), c.req.valid("param").akey, c.req.valid("json"));
    return c.json({ code: 200 as const, message: message(c.var.locale, "release.updated") }, 200);
  });
