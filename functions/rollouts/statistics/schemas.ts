import { z } from "zod";
import { givenSoftware } from "../../releases/schemas.ts";

export const statisticsQuery = z.object({
  software: givenSoftware.default("omega").meta({ description: "Slug or akey" }),
});

export const statisticsErrors = [
  "VALIDATION_ERROR",
  "INVALID_API_KEY",
  "INSUFFICIENT_SCOPE",
  "ACCESS_DENIED",
  "SOFTWARE_NOT_FOUND",
] as const;
