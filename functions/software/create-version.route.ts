import { createRoute, z } from "@hono/zod-openapi";
import { withUser } from "../accounts/authenticate.middleware.ts";
import { userSecurity } from "../accounts/schemas.ts";
import { contextOf } from "../core/http/request.ts";
import { jsonBody, type Router } from "../core/http/router.ts";
import { akeyParam, dataAnswer, description, softwareErrors, versionSchema, versionText } from "./schemas.ts";
import { createVersion } from "./versions.ts";

const route = createRoute({
  method: "post",
  path: "/api/software/{akey}/versions",
  tags: ["Software keys"],
  summary: "Publish a version",
  description:
    "Any text is a version here. Without `is_latest`, the higher of two SemVer versions is the latest, else the later one; a pre-release does not take this from a release.",
  security: userSecurity,
  middleware: withUser,
  request: {
    params: akeyParam,
    ...jsonBody(
      z.object({
        version: versionText,
        description: description.default(""),
        is_latest: z.boolean().optional(),
      }),
    ),
  },
  responses: {
    200: {
      description: "Published",
      content: dataAnswer(versionSchema.extend({ akey: z.string() }).meta({ id: "NewVersion" })),
    },
    ...softwareErrors(
      "VALIDATION_ERROR",
      "MISSING_PARAMETER",
      "VERSION_EXISTS",
      "INVALID_TOKEN",
      "ACCESS_DENIED",
      "SOFTWARE_NOT_FOUND",
    ),
  },
});

export const createVersionRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const data = await createVersion(contextOf(c), c.req.valid("param").akey, c.req.valid("json"));
    return c.json({ code: 200 as const, data }, 200);
  });
