import { z } from "zod";
import { count, flag, httpUrl, list } from "./setting-types.ts";
import { locales, textKey } from "./locale/locale.ts";

export const commonSettings = {
  LIBSQL_URL: z
    .url({ protocol: /^(https?|libsql)$/, error: textKey("setting.database") })
    .describe("the database: any libSQL server, as Turso or an sqld of your own")
    .meta({ ownMachine: "the embedded sqld" }),
  LIBSQL_AUTH_TOKEN: z.string().optional().describe("opens the database").meta({ ownMachine: "generated" }),
  S3_ENDPOINT: httpUrl
    .describe("the store of the bytes: any that speaks S3")
    .meta({ ownMachine: "the embedded bucket" }),
  S3_PUBLIC_ENDPOINT: z
    .union([httpUrl, z.string().regex(/^\/[\w/-]*$/)], { error: textKey("setting.endpoint") })
    .optional()
    .describe(
      "the endpoint that signed URLs name; a path stands for this server's own origin, whatever name a client reaches it by",
    )
    .meta({ fallback: "S3_ENDPOINT", ownMachine: "`/s3`" }),
  S3_REGION: z.string().default("auto").describe("the region that requests to the store are signed for"),
  S3_BUCKET: z.string().min(1).describe("the bucket").meta({ ownMachine: "`packages`" }),
  S3_ACCESS_KEY_ID: z
    .string()
    .min(1)
    .describe("the key that the store knows this server by")
    .meta({ ownMachine: "generated" }),
  S3_SECRET_ACCESS_KEY: z
    .string()
    .min(1)
    .describe("what that key signs with")
    .meta({ ownMachine: "generated" }),
  S3_FORCE_PATH_STYLE: flag(true).describe("whether the bucket is part of the path, not of the host name"),
  PUBLIC_URL: httpUrl
    .optional()
    .describe("where agents that are called reach this server; set it when deployed")
    .meta({ ownMachine: "its own address" }),
  POLL_INTERVAL_SECONDS: count(60, 1).describe(
    "the tick of cron; a GPU server unseen for three of them is offline",
  ),
  QUERIES_PER_MINUTE: count(100, 1).describe(
    "version checks, lists and downloads that a client address may ask for",
  ),
  CORS_ORIGINS: list("").describe("origins whose pages may call from a browser"),
  DEFAULT_LOCALE: z
    .enum(locales)
    .default("en")
    .describe("the language where Accept-Language asks for none of ours"),
};

type Values = z.infer<z.ZodObject<typeof commonSettings>>;
declare module "./env.ts" {
  interface Config extends Values {}
}
