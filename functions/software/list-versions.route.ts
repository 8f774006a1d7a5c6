import { createRoute, z } from "@hono/zod-openapi";
import { withUser } from "../accounts/authenticate.middleware.ts";
import { userSecurity } from "../accounts/schemas.ts";
import { contextOf } from "../core/http/request.ts";
import type { Router } from "../core/http/router.ts";
import { akeyParam, dataAnswer, listedVersion, pagingQuery, softwareErrors } from "./schemas.ts";
import { listVersions } from "./versions.ts";

const page = z.object({ total: z.int(), list: z.array(listedVersion) }).meta({ id: "VersionPage" });

const route = createRoute({
  method: "get",
  path: "/api/software/{akey}/versions",
  tags: ["Software keys"],
  summary: "List the versions of software, newest first",
  security: userSecurity,
  middleware: withUser,
  request: { params: akeyParam, query: pagingQuery },
  responses: {
    200: { description: "A page", content: dataAnswer(page) },
    ...softwareErrors("VALIDATION_ERROR", "INVALID_TOKEN", "ACCESS_DENIED", "SOFTWARE_NOT_FOUND"),
  },
});

export const listVersionsRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const data = await listVersions(contextOf(c), c.req.valid("param").akey, c.req.valid("query"));
    return c.json({ code: 200 as const, data }, 200);
  });
