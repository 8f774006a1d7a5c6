import { createRoute } from "@hono/zod-openapi";
import { withUser } from "../../accounts/authenticate.middleware.ts";
import { withMaintenance } from "../../accounts/maintenance.middleware.ts";
import { userSecurity } from "../../accounts/schemas.ts";
import { dataAnswer, success } from "../../core/http/answers.ts";
import { contextOf } from "../../core/http/request.ts";
import { jsonBody, type Router } from "../../core/http/router.ts";
import { createServer } from "./create-server.ts";
import { taskErrors } from "../tasks/schemas.ts";
import { createdServer, newServer } from "./schemas.ts";

const route = createRoute({
  method: "post",
  path: "/api/gpu/servers",
  tags: ["GPU servers"],
  summary: "Register a GPU server",
  description: "The agent's token is in this answer and never shown again.",
  security: userSecurity,
  middleware: [withUser, withMaintenance] as const,
  request: jsonBody(newServer),
  responses: {
    200: dataAnswer("Registered", createdServer),
    ...taskErrors("VALIDATION_ERROR", "INVALID_TOKEN", "ACCESS_DENIED", "GPU_SERVER_EXISTS"),
  },
});

export const createServerRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const data = await createServer(contextOf(c), c.req.valid("json"));
    return c.json(success(c.var.locale, "gpu.created", data), 200);
  });
