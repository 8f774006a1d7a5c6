import { createRoute, z } from "@hono/zod-openapi";
import { dataAnswer, success } from "../../core/http/answers.ts";
import { contextOf } from "../../core/http/request.ts";
import { jsonBody, type Router } from "../../core/http/router.ts";
import { agentTokenHash, withAgentToken } from "./agent-token.middleware.ts";
import { reportEvents } from "./report-events.ts";
import { taskErrors } from "../tasks/schemas.ts";
import { agentSecurity, eventReport } from "./schemas.ts";

const route = createRoute({
  method: "post",
  path: "/api/gpu/agent/tasks/{task_id}/events",
  operationId: "reportEvents",
  tags: ["Agents"],
  summary: "Report progress, log lines and the end of an attempt",
  description:
    "May be repeated until it is answered: what is known already changes nothing. 409 `STALE_ATTEMPT`: the task is not this attempt's any more; stop it.",
  security: agentSecurity,
  middleware: withAgentToken,
  request: { params: z.object({ task_id: z.string().max(64) }), ...jsonBody(eventReport) },
  responses: {
    200: dataAnswer("Taken", z.object({ accepted: z.int().meta({ description: "Events" }) })),
    ...taskErrors(
      "VALIDATION_ERROR",
      "INVALID_AGENT_TOKEN",
      "TASK_NOT_FOUND",
      "STALE_ATTEMPT",
      "FILE_TOO_LARGE",
    ),
  },
});

export const reportEventsRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const { attempt, events } = c.req.valid("json");
    const taskId = c.req.valid("param").task_id;
    await reportEvents(contextOf(c), { tokenHash: agentTokenHash(c), taskId, attempt, events });
    const data = { accepted: events.length };
    return c.json(success(c.var.locale, "gpu.reported", data), 200);
  });
