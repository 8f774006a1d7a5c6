import { createRoute, z } from "@hono/zod-openapi";
import { withApiKey } from "../accounts/authenticate.middleware.ts";
import { apiKeySecurity } from "../accounts/schemas.ts";
import { pageSchema, pagingQuery, searchText } from "../core/http/paging.ts";
import { contextOf } from "../core/http/request.ts";
import { errorResponses, type Router } from "../core/http/router.ts";
import { versionLimit } from "../rollouts/schemas.ts";
import { visibility } from "./schemas.ts";
import { searchSoftware, softwareOrders } from "./search-software.ts";

const named = z.object({ version: z.string(), channel: z.string(), created_at: z.iso.datetime() });

const item = z
  .object({
    software: z.string().meta({ description: "Its slug" }),
    akey: z.string(),
    name: z.string(),
    description: z.string(),
    visibility,
    created_at: z.iso.datetime(),
    version_count: z.int(),
    package_count: z.int(),
    package_bytes: z.int().meta({ description: "Of all its packages" }),
    newest: named.nullable().meta({
      description: "The newest version that is out for all clients: its latest, else its highest release",
    }),
    limited: named
      .extend({ rollout: versionLimit.unwrap() })
      .nullable()
      .meta({ description: "Its latest version, where a rollout keeps it from some clients" }),
  })
  .meta({ id: "PublishedSoftware" });

const route = createRoute({
  method: "get",
  path: "/api/v1/software",
  operationId: "searchSoftware",
  tags: ["Packages"],
  summary: "List software",
  description:
    "The newest first, unless `order` says otherwise. With a key that has `packages:write`: the software that it may publish.",
  security: apiKeySecurity,
  middleware: withApiKey,
  request: {
    query: pagingQuery({ most: 100 }).extend({
      search: searchText.optional().meta({
        description: "In the name or the slug, or an akey. What has exactly this slug comes first.",
      }),
      visibility: visibility.optional(),
      order: z
        .enum(softwareOrders)
        .default("newest")
        .meta({ description: "`versions`: those with the most versions first" }),
    }),
  },
  responses: {
    200: { description: "A page", content: { "application/json": { schema: pageSchema(item) } } },
    ...errorResponses("VALIDATION_ERROR", "INVALID_API_KEY", "INSUFFICIENT_SCOPE", "ACCESS_DENIED"),
  },
});

export const searchSoftwareRoute = (router: Router) =>
  router.openapi(route, async (c) => c.json(await searchSoftware(contextOf(c), c.req.valid("query")), 200));
