import { createRoute, z } from "@hono/zod-openapi";
import { withUser } from "../accounts/authenticate.middleware.ts";
import { userSecurity } from "../accounts/schemas.ts";
import { contextOf } from "../core/http/request.ts";
import type { Router } from "../core/http/router.ts";
import { dataAnswer, pagingQuery, softwareErrors, softwareSchema } from "./schemas.ts";
import { listSoftware } from "./software.ts";

const page = z
  .object({ total: z.int(), list: z.array(softwareSchema.extend({ version_count: z.int() })) })
  .meta({ id: "SoftwarePage" });

const route = createRoute({
  method: "get",
  path: "/api/software",
  tags: ["Software keys"],
  summary: "List software, newest first",
  security: userSecurity,
  middleware: withUser,
  request: { query: pagingQuery },
  responses: {
    200: { description: "A page", content: dataAnswer(page) },
    ...softwareErrors("VALIDATION_ERROR", "INVALID_TOKEN", "ACCESS_DENIED"),
  },
});

export const listSoftwareRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const data = await listSoftware(contextOf(c), c.req.valid("query"));
    return c.json({ code: 200 as const, data }, 200);
  });
