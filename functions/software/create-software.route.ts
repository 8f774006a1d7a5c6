import { createRoute, z } from "@hono/zod-openapi";
import { withUser } from "../accounts/authenticate.middleware.ts";
import { userSecurity } from "../accounts/schemas.ts";
import { contextOf } from "../core/http/request.ts";
import { jsonBody, type Router } from "../core/http/router.ts";
import {
  dataAnswer,
  description,
  softwareErrors,
  softwareName,
  softwareSchema,
  visibility,
} from "./schemas.ts";
import { createSoftware } from "./software.ts";

const route = createRoute({
  method: "post",
  path: "/api/software",
  tags: ["Software keys"],
  summary: "Create software",
  description: "Packages are published to it by its akey, or by the slug made of its name.",
  security: userSecurity,
  middleware: withUser,
  request: jsonBody(
    z.object({
      name: softwareName,
      description: description.default(""),
      visibility: visibility.default("public"),
    }),
  ),
  responses: {
    200: { description: "Created", content: dataAnswer(softwareSchema.meta({ id: "Software" })) },
    ...softwareErrors(
      "VALIDATION_ERROR",
      "MISSING_PARAMETER",
      "SOFTWARE_EXISTS",
      "INVALID_TOKEN",
      "ACCESS_DENIED",
    ),
  },
});

export const createSoftwareRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const data = await createSoftware(contextOf(c), c.req.valid("json"));
    return c.json({ code: 200 as const, data }, 200);
  });
