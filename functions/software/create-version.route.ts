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
    "Any text is a version here; two spellings of one (`v2.0`, `2.0.0`) are one version. Without `is_latest`, the highest release is the latest, or the highest pre-release where there is no release; of texts that are no version, the later one.",
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
