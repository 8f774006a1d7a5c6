import { createRoute } from "@hono/zod-openapi";
import { withUser } from "../../accounts/authenticate.middleware.ts";
import { withMaintenance } from "../../accounts/maintenance.middleware.ts";
import { userSecurity } from "../../accounts/schemas.ts";
import { dataAnswer, success } from "../../core/http/answers.ts";
import { contextOf } from "../../core/http/request.ts";
import { jsonBody, type Router } from "../../core/http/router.ts";
import { updateServer } from "./update-server.ts";
import { taskErrors } from "../tasks/schemas.ts";
import { gpuServer, serverChanges, serverParam } from "./schemas.ts";

const route = createRoute({
  method: "put",
  path: "/api/gpu/servers/{server_id}",
  tags: ["GPU servers"],
  summary: "Change a GPU server",
  security: userSecurity,
  middleware: [withUser, withMaintenance] as const,
  request: { params: serverParam, ...jsonBody(serverChanges) },
  responses: {
    200: dataAnswer("As it is now", gpuServer),
    ...taskErrors(
      "VALIDATION_ERROR",
      "INVALID_TOKEN",
      "ACCESS_DENIED",
      "GPU_SERVER_NOT_FOUND",
      "GPU_SERVER_EXISTS",
    ),
  },
});

export const updateServerRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const id = c.req.valid("param").server_id;
    const data = await updateServer(contextOf(c), id, c.req.valid("json"));
    return c.json(success(c.var.locale, "gpu.updated", data), 200);
  });
