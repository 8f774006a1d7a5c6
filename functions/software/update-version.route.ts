import { createRoute, z } from "@hono/zod-openapi";
import { withUser } from "../accounts/authenticate.middleware.ts";
import { userSecurity } from "../accounts/schemas.ts";
import { contextOf } from "../core/http/request.ts";
import { message } from "../core/locale/locale.ts";
import { jsonBody, type Router } from "../core/http/router.ts";
import { description, doneAnswer, softwareErrors, versionText, vkeyParam } from "./schemas.ts";
import { updateVersion } from "./versions.ts";

const route = createRoute({
  method: "put",
  path: "/api/versions/{vkey}",
  tags: ["Software keys"],
  summary: "Change a version, or make it the latest",
  description:
    "A version with packages keeps its number; one whose packages were all yanked or deleted is not made the latest. The latest one with `is_latest: false` hands this over to the highest other one.",
  security: userSecurity,
  middleware: withUser,
  request: {
    params: vkeyParam,
    ...jsonBody(
      z.object({
        version: versionText.optional(),
        description: description.optional(),
        is_latest: z.boolean().optional(),
      }),
    ),
  },
  responses: {
    200: { description: "Done", content: doneAnswer },
    ...softwareErrors(
      "VALIDATION_ERROR",
      "VERSION_EXISTS",
      "VERSION_IN_USE",
      "VERSION_WITHDRAWN",
      "INVALID_TOKEN",
      "ACCESS_DENIED",
      "VKEY_NOT_FOUND",
    ),
  },
});

export const updateVersionRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    await updateVersion(contextOf(c), c.req.valid("param").vkey, c.req.valid("json"));
    return c.json({ code: 200 as const, message: message(c.var.locale, "release.updated") }, 200);
  });
