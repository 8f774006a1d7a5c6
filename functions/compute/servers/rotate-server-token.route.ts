import { createRoute } from "@hono/zod-openapi";
import { withUser } from "../../accounts/authenticate.middleware.ts";
import { withMaintenance } from "../../accounts/maintenance.middleware.ts";
import { userSecurity } from "../../accounts/schemas.ts";
import { dataAnswer, success } from "../../core/http/answers.ts";
import { contextOf } from "../../core/http/request.ts";
import type { Router } from "../../core/http/router.ts";
import { rotateServerToken } from "./rotate-server-token.ts";
import { taskErrors } from "../tasks/schemas.ts";
import { rotatedToken, serverParam } from "./schemas.ts";

const route = createRoute({
  method: "post",
  path: "/api/gpu/servers/{server_id}/rotate-token",
  tags: ["GPU servers"],
  summary: "Give a GPU server another agent token",
  description: "The token before it is refused from now on. It is in this answer and never shown again.",
  security: userSecurity,
  middleware: [withUser, withMaintenance] as const,
  request: { params: serverParam },
  responses: {
    200: dataAnswer("The new token", rotatedToken),
    ...taskErrors("INVALID_TOKEN", "ACCESS_DENIED", "GPU_SERVER_NOT_FOUND"),
  },
});

export const rotateServerTokenRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const data = await rotateServerToken(contextOf(c), c.req.valid("param").server_id);
    return c.json(success(c.var.locale, "gpu.tokenRotated", data), 200);
  });
