import { createRoute, z } from "@hono/zod-openapi";
import { withApiKey } from "../../accounts/authenticate.middleware.ts";
import { withFormApiKey } from "../../accounts/api-keys/form-api-key.middleware.ts";
import { apiKeySecurity } from "../../accounts/schemas.ts";
import { contextOf } from "../../core/http/request.ts";
import { errorResponses, type Router } from "../../core/http/router.ts";
import { cleanUpStorage } from "./clean-up-storage.ts";
import { keepReasons } from "./expendable-packages.sql.ts";
import { packageType } from "../../releases/schemas.ts";

const named = z.object({
  id: z.int(),
  type: packageType,
  software: z.string(),
  version: z.string(),
  platform: z.string(),
  arch: z.string(),
  size: z.int(),
});
const answer = z
  .object({
    success: z.boolean(),
    space_freed: z.int().meta({ description: "Bytes" }),
    packages_deleted: z.int(),
    before_usage: z.number().meta({ description: "Percent of the quota" }),
    after_usage: z.number(),
    deleted_packages: z.array(named),
    packages_kept: z.int(),
    kept_packages: z
      .array(named.extend({ reason: z.enum(keepReasons), explanation: z.string() }))
      .meta({ description: "The newest 1,000 of them" }),
  })
  .meta({ id: "StorageCleanup" });

const route = createRoute({
  method: "post",
  path: "/api/v1/storage/cleanup",
  tags: ["Storage"],
  summary: "Delete old packages now",
  description:
    "What is beyond KEEP_FULL, KEEP_PATCH and KEEP_HOTFIX and older than a day; never the newest stable version of a platform and arch, what older versions have to take first, or a step of the cheapest plan of a version that is kept. Says what was kept, and why.",
  security: [{}, ...apiKeySecurity],
  middleware: [withApiKey, withFormApiKey] as const,
  request: {
    query: z.object({
      dry_run: z
        .enum(["true", "false"])
        .transform((text) => text === "true")
        .optional()
        .meta({ description: "`true`: deletes nothing, and says what would be deleted" }),
    }),
    body: {
      content: {
        "multipart/form-data": { schema: { type: "object", properties: { api_key: { type: "string" } } } },
      },
    },
  },
  responses: {
    200: { description: "What was deleted", content: { "application/json": { schema: answer } } },
    ...errorResponses("VALIDATION_ERROR", "MALFORMED_BODY", "INVALID_API_KEY", "INSUFFICIENT_SCOPE"),
  },
});

export const cleanUpStorageRoute = (router: Router) =>
  router.openapi(route, async (c) =>
    c.json(await cleanUpStorage(contextOf(c), c.req.valid("query").dry_run), 200),
  );
