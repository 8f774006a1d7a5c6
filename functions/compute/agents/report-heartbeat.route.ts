import { createRoute } from "@hono/zod-openapi";
import { dataAnswer, success } from "../../core/http/answers.ts";
import { contextOf } from "../../core/http/request.ts";
import { jsonBody, type Router } from "../../core/http/router.ts";
import { agentTokenHash, withAgentToken } from "./agent-token.middleware.ts";
import { taskErrors } from "../tasks/schemas.ts";
import { agentSecurity, heartbeat, heartbeatAnswer } from "./schemas.ts";
import { reportHeartbeat } from "./report-heartbeat.ts";

/** Characters of the longest address. */
const ADDRESS_LENGTH = 45;

const route = createRoute({
  method: "post",
  path: "/api/gpu/agent/heartbeat",
  operationId: "heartbeat",
  tags: ["Agents"],
  summary: "Report the machine, renew leases, take tasks",
  description:
    "The leases of the reported attempts are renewed. `assign` has new tasks and those that were given to this agent before but are not in its report: their answer was lost; the attempt is the same.",
  security: agentSecurity,
  middleware: withAgentToken,
  request: jsonBody(heartbeat),
  responses: {
    200: dataAnswer("What to do", heartbeatAnswer),
    ...taskErrors("VALIDATION_ERROR", "INVALID_AGENT_TOKEN"),
  },
});

export const reportHeartbeatRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const { want, ...report } = c.req.valid("json");
    const data = await reportHeartbeat(contextOf(c), {
      tokenHash: agentTokenHash(c),
      report,
      want,
      address: c.var.deps.clientAddress(c.req.raw).slice(0, ADDRESS_LENGTH),
      origin: new URL(c.req.url).origin,
    });
    return c.json(success(c.var.locale, "gpu.reported", data), 200);
  });
