import { createRoute, z } from "@hono/zod-openapi";
import { withUser } from "../../accounts/authenticate.middleware.ts";
import { withMaintenance } from "../../accounts/maintenance.middleware.ts";
import { userSecurity } from "../../accounts/schemas.ts";
import { dataAnswer, success } from "../../core/http/answers.ts";
import { contextOf } from "../../core/http/request.ts";
import type { Router } from "../../core/http/router.ts";
import { deleteServer } from "./delete-server.ts";
import { taskErrors } from "../tasks/schemas.ts";
import { serverParam } from "./schemas.ts";

const route = createRoute({
  method: "delete",
  path: "/api/gpu/servers/{server_id}",
  tags: ["GPU servers"],
  summary: "Delete a GPU server",
  description: "Tasks that run there wait for another server.",
  security: userSecurity,
  middleware: [withUser, withMaintenance] as const,
  request: { params: serverParam },
  responses: {
    200: dataAnswer("Deleted", z.object({ id: z.string() })),
    ...taskErrors("INVALID_TOKEN", "ACCESS_DENIED", "GPU_SERVER_NOT_FOUND"),
  },
});

export const deleteServerRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const id = c.req.valid("param").server_id;
    await deleteServer(contextOf(c), id);
    return c.json(success(c.var.locale, "gpu.deleted", { id }), 200);
  });
