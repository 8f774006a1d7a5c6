import { createRoute, z } from "@hono/zod-openapi";
import { contextOf } from "../core/context.ts";
import { errorResponses, type Router } from "../core/router.ts";
import { limitQueries } from "./limit-queries.ts";
import { packageType, targetQuery } from "./schemas.ts";
import { checkVersion as check } from "./version-check.ts";

const answer = z
  .object({
    has_update: z.boolean(),
    current_version: z.string(),
    latest_version: z.string(),
    update_info: z
      .object({
        version: z.string(),
        description: z.string(),
        release_date: z.iso.datetime(),
        is_critical: z.boolean(),
        update_options: z.array(
          z.object({
            type: packageType,
            package_id: z.int(),
            file_size: z.int(),
            download_url: z.string(),
            recommended: z.boolean(),
          }),
        ),
      })
      .optional(),
  })
  .meta({ id: "VersionCheck" });

const route = createRoute({
  method: "get",
  path: "/api/v1/version/check",
  tags: ["Updates"],
  summary: "Is there something newer for me?",
  description:
    "The newest version that the client has a way to: a full package, or a patch or hotfix that applies to its version. Without `channel`, a pre-release is offered its own channel too, a release only stable versions.",
  middleware: limitQueries,
  request: {
    query: targetQuery.extend({
      current_version: z.string().meta({ example: "2.2.5" }),
      channel: z.string().max(32).optional().meta({ description: "stable, beta, ..." }),
    }),
  },
  responses: {
    200: {
      description: "The update, or that there is none",
      content: { "application/json": { schema: answer } },
    },
    304: { description: "As before" },
    ...errorResponses("VALIDATION_ERROR", "INVALID_VERSION", "VERSION_NOT_FOUND", "RATE_LIMIT_EXCEEDED"),
  },
});

/** Seconds for which a client or proxy may repeat an answer. */
const MAX_AGE = 10;

/** If-None-Match compares weakly and may name several tags, or `*` (RFC 9110, section 13.1.2). */
function matchesTag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.split(",").some((tag) => ["*", etag].includes(tag.trim().replace(/^W\//, "")));
}

export const checkVersion = (router: Router) =>
  router.openapi(route, async (c) => {
    const { answer: found, etag } = await check(contextOf(c), c.req.valid("query"));
    c.header("Cache-Control", `public, max-age=${MAX_AGE}`);
    c.header("ETag", etag);
    if (matchesTag(c.req.header("if-none-match"), etag)) return c.body(null, 304);
    return c.json(found, 200);
  });
