import { createRoute } from "@hono/zod-openapi";
import { withUser } from "../../accounts/authenticate.middleware.ts";
import { userSecurity } from "../../accounts/schemas.ts";
import { dataAnswer, success } from "../../core/http/answers.ts";
import { contextOf } from "../../core/http/request.ts";
import type { Router } from "../../core/http/router.ts";
import { taskErrors } from "../tasks/schemas.ts";
import { gpuServer, serverParam } from "./schemas.ts";
import { getServer } from "./servers.ts";

const route = createRoute({
  method: "get",
  path: "/api/gpu/servers/{server_id}",
  tags: ["GPU servers"],
  summary: "A GPU server",
  security: userSecurity,
  middleware: withUser,
  request: { params: serverParam },
  responses: {
    200: dataAnswer("The server", gpuServer),
    ...taskErrors("INVALID_TOKEN", "GPU_SERVER_NOT_FOUND"),
  },
});

export const getServerRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const data = await getServer(contextOf(c), c.req.valid("param").server_id);
    return c.json(success(c.var.locale, "gpu.found", data), 200);
  });
