import { createRoute, z } from "@hono/zod-openapi";
import { withUser } from "../accounts/authenticate.middleware.ts";
import { userSecurity } from "../accounts/schemas.ts";
import { dataAnswer, success } from "../core/http/answers.ts";
import { readExpiry } from "../core/expiry.ts";
import { contextOf } from "../core/http/request.ts";
import { jsonBody, type Router } from "../core/http/router.ts";
import { trimmed } from "../kit/text.ts";
import { createCodes } from "./create-codes.ts";
import { amount } from "./money.ts";
import { billingErrors, newCodesSchema } from "./schemas.ts";

/** What one code may be worth, in units. */
const MOST_WORTH = 1_000_000;
/** Codes in one answer: about 100 KB. */
const MOST_CODES = 1000;
const MOST_USES = 10_000;
const MAX_DESCRIPTION = 500;
const MAX_KEY = 200;

const route = createRoute({
  method: "post",
  path: "/api/recharge/codes",
  tags: ["Recharge"],
  summary: "Make recharge codes",
  description:
    "The codes are in this answer and kept nowhere: without an Idempotency-Key they are never shown again.",
  security: userSecurity,
  middleware: withUser,
  request: {
    ...jsonBody(
      z.object({
        amount: amount({ min: 0.01, max: MOST_WORTH }),
        description: trimmed(0, MAX_DESCRIPTION).nullish(),
        batch_size: z.int().min(1).max(MOST_CODES).default(1),
        expires_at: z.iso
          .datetime({ offset: true })
          .nullish()
          .meta({ description: "In the future", example: "2036-12-31T23:59:59Z" }),
        max_uses: z.int().min(1).max(MOST_USES).default(1),
      }),
    ),
    headers: z.object({
      "idempotency-key": z
        .string()
        .min(1)
        .max(MAX_KEY)
        .optional()
        .meta({ description: "Same key and body: the same codes again" }),
    }),
  },
  responses: {
    200: dataAnswer("The codes", newCodesSchema),
    ...billingErrors(
      "VALIDATION_ERROR",
      "ALREADY_EXPIRED",
      "INVALID_TOKEN",
      "ACCESS_DENIED",
      "IDEMPOTENCY_CONFLICT",
    ),
  },
});

export const createCodesRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const ctx = contextOf(c);
    const body = c.req.valid("json");
    const batch = {
      amount: body.amount,
      description: body.description ?? "",
      batchSize: body.batch_size,
      expiresAt: readExpiry(ctx, "expires_at", body.expires_at),
      maxUses: body.max_uses,
    };
    const data = await createCodes(ctx, batch, c.req.valid("header")["idempotency-key"]);
    return c.json(success(c.var.locale, "recharge.created", data), 200);
  });
