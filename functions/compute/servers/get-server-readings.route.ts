import { createRoute, z } from "@hono/zod-openapi";
import { withUser } from "../../accounts/authenticate.middleware.ts";
import { userSecurity } from "../../accounts/schemas.ts";
import { dataAnswer, success } from "../../core/http/answers.ts";
import { contextOf } from "../../core/http/request.ts";
import type { Router } from "../../core/http/router.ts";
import { getServerReadings } from "./readings.ts";
import { taskErrors } from "../tasks/schemas.ts";
import { reading, serverParam } from "./schemas.ts";

const route = createRoute({
  method: "get",
  path: "/api/gpu/servers/{server_id}/readings",
  tags: ["GPU servers"],
  summary: "A GPU server's last 24 hours, for charts",
  security: userSecurity,
  middleware: withUser,
  request: { params: serverParam },
  responses: {
    200: dataAnswer("One reading a minute, the oldest first", z.object({ items: z.array(reading) })),
    ...taskErrors("INVALID_TOKEN", "GPU_SERVER_NOT_FOUND"),
  },
});

export const getServerReadingsRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const items = await getServerReadings(contextOf(c), c.req.valid("param").server_id);
    return c.json(success(c.var.locale, "gpu.readings", { items }), 200);
  });
