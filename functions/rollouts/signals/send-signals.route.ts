import { createRoute, z } from "@hono/zod-openapi";
import { clientAddress } from "../../core/http/client-address.ts";
import { contextOf } from "../../core/http/request.ts";
import { errorResponses, jsonBody, type Router } from "../../core/http/router.ts";
import { signalsBody, signalsOf } from "./schemas.ts";
import { countSignals, sendSignals } from "./send-signals.ts";

const route = createRoute({
  method: "post",
  path: "/api/v1/signals",
  tags: ["Rollouts"],
  summary: "What a device did with a version",
  description:
    "A device installed a version, started it, failed at it or crashed with it: one signal, or up to 100 under `signals`, in the order in which they happened. Of one device and version each event counts once; a device that starts after a failure counts as no failure. The answer is the same whether there is such a software and version or not. SIGNALS_PER_MINUTE of a client address are taken; of a call that is refused none.",
  request: jsonBody(signalsBody),
  responses: {
    202: {
      description: "They are kept, as far as they are about a version that exists",
      content: { "application/json": { schema: z.object({ accepted: z.int() }) } },
    },
    ...errorResponses(
      "VALIDATION_ERROR",
      "MISSING_PARAMETER",
      "MALFORMED_BODY",
      "INVALID_VERSION",
      "FILE_TOO_LARGE",
      "MESSAGE_TOO_LONG",
      "RATE_LIMIT_EXCEEDED",
    ),
  },
});

export const sendSignalsRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const sent = signalsOf(c.req.valid("json"));
    const ctx = contextOf(c);
    await countSignals(ctx, clientAddress(c), sent.length);
    await sendSignals(ctx, sent);
    return c.json({ accepted: sent.length }, 202);
  });
