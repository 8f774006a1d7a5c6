import { z } from "zod";
import type { ErrorCode } from "../../core/errors.ts";
import { errorResponses } from "../../core/http/router.ts";
import { title } from "../../kit/text.ts";
import { rolloutAnswer } from "../schemas.ts";

const MAX_REASON = 500;

export const reasonBody = z.object({
  reason: title(0, MAX_REASON)
    .optional()
    .meta({ description: "Shown with the rollout, to whoever is led back, and in webhooks" }),
});

/** The body of an action, which may be left out. */
export const optionalBody = <T extends z.ZodType>(schema: T) =>
  ({ body: { required: false, content: { "application/json": { schema } } } }) as const;

/** What an action is answered. */
export const actionAnswers = (...further: ErrorCode[]) => ({
  200: rolloutAnswer("The rollout as it is now"),
  ...errorResponses(
    "VALIDATION_ERROR",
    "MALFORMED_BODY",
    "FILE_TOO_LARGE",
    "INVALID_API_KEY",
    "INSUFFICIENT_SCOPE",
    "ACCESS_DENIED",
    "ROLLOUT_NOT_FOUND",
    "ROLLOUT_STATE",
    ...further,
  ),
});
