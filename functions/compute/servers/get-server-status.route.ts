import { createRoute } from "@hono/zod-openapi";
import { withUser } from "../../accounts/authenticate.middleware.ts";
import { userSecurity } from "../../accounts/schemas.ts";
import { dataAnswer, success } from "../../core/http/answers.ts";
import { contextOf } from "../../core/http/request.ts";
import type { Router } from "../../core/http/router.ts";
import { taskErrors } from "../tasks/schemas.ts";
import { liveStatus, serverParam } from "./schemas.ts";
import { getServerStatus } from "./servers.ts";

const route = createRoute({
  method: "get",
  path: "/api/gpu/servers/{server_id}/status",
  tags: ["GPU servers"],
  summary: "What a GPU server does at the moment",
  security: userSecurity,
  middleware: withUser,
  request: { params: serverParam },
  responses: {
    200: dataAnswer("As its agent last reported", liveStatus),
    ...taskErrors("INVALID_TOKEN", "GPU_SERVER_NOT_FOUND"),
  },
});

export const getServerStatusRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const data = await getServerStatus(contextOf(c), c.req.valid("param").server_id);
    return c.json(success(c.var.locale, "gpu.status", data), 200);
  });
