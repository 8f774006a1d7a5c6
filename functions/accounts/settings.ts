import { z } from "zod";

export const accountSettings = {
  API_KEY: z
    .string()
    .min(16)
    .describe("the first API key, with every scope; at least 16 characters")
    .meta({ ownMachine: "generated" }),
  JWT_SECRET: z
    .string()
    .min(32)
    .describe("signs sessions and upload tokens; at least 32 characters")
    .meta({ ownMachine: "generated" }),
  ADMIN_USERNAME: z
    .string()
    .default("admin")
    .describe("the first administrator, made while there is none; later changes do not touch it"),
  ADMIN_EMAIL: z.email().default("admin@example.com").describe("the address of the first administrator"),
  ADMIN_PASSWORD: z
    .string()
    .min(6)
    .optional()
    .describe("the password of the first administrator; without one, none is made")
    .meta({ ownMachine: "generated" }),
};

type Values = z.infer<z.ZodObject<typeof accountSettings>>;
declare module "../core/env.ts" {
  interface Config extends Values {}
}
