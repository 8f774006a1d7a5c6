import { z } from "zod";

/** The longest that every store accepts for a signed URL, in seconds: a week. */
const LONGEST = 604_800;

export const downloadSettings = {
  PRIVATE_URL_SECONDS: z.coerce
    .number()
    .int()
    .min(60)
    .max(LONGEST)
    .default(900)
    .describe("how long a signed URL of a private software's file is good"),
};

type Values = z.infer<z.ZodObject<typeof downloadSettings>>;
declare module "../core/env.ts" {
  interface Config extends Values {}
}
