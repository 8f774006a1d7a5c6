import { createRoute, z } from "@hono/zod-openapi";
import { withUser } from "../accounts/authenticate.middleware.ts";
import { userSecurity } from "../accounts/schemas.ts";
import { contextOf } from "../core/http/request.ts";
import type { Router } from "../core/http/router.ts";
import { integerParameter } from "./fields.ts";
import { listPopularAppWares } from "./list-appwares.ts";
import { appware, errorResponses } from "./schemas.ts";

/** As many as a client may ask for. */
const MOST_POPULAR = 50;

const route = createRoute({
  method: "get",
  path: "/api/v1/appwares/popular",
  tags: ["Catalogue"],
  summary: "List the records that were viewed most",
  security: userSecurity,
  middleware: withUser,
  request: { query: z.object({ limit: integerParameter(1, MOST_POPULAR).default(10) }) },
  responses: {
    200: {
      description: "The most viewed first",
      content: { "application/json": { schema: z.array(appware) } },
    },
    ...errorResponses("INVALID_TOKEN", "VALIDATION_ERROR"),
  },
});

export const listPopularAppWaresRoute = (router: Router) =>
  router.openapi(route, async (c) =>
    c.json(await listPopularAppWares(contextOf(c), c.req.valid("query").limit), 200),
  );
