import { createRoute, z } from "@hono/zod-openapi";
import { withApiKey } from "../../accounts/authenticate.middleware.ts";
import { apiKeySecurity } from "../../accounts/schemas.ts";
import { pageSchema, pagingQuery, searchText } from "../../core/http/paging.ts";
import { contextOf } from "../../core/http/request.ts";
import { errorResponses, type Router } from "../../core/http/router.ts";
import { channelName, packageType } from "../../releases/schemas.ts";
import { givenArch, givenPackageType, givenPlatform } from "../../releases/target-names.ts";
import { versionLimit } from "../../rollouts/schemas.ts";
import { listReleases } from "./list-releases.ts";
import { releaseParam } from "./schemas.ts";

const item = z
  .object({
    version: z.string(),
    vkey: z.string().meta({ description: "Its key in `/api/versions`" }),
    channel: z.string(),
    is_latest: z.boolean(),
    is_newest: z.boolean().meta({ description: "The newest version that is out for all clients" }),
    rollout: versionLimit.meta({ description: "What keeps it from some clients; null: it is out for all" }),
    is_critical: z.boolean(),
    is_watershed: z.boolean(),
    min_update_from: z.string().nullable(),
    created_at: z.iso.datetime(),
    state: z.enum(["published", "partly", "yanked", "empty"]).meta({
      description: "`partly`: some of its packages are yanked; `empty`: it has none",
    }),
    size: z.int(),
    download_count: z.int(),
    companion_count: z.int(),
    packages: z.array(
      z.object({
        package_type: packageType,
        platform: z.string(),
        arch: z.string(),
        format: z.string(),
        count: z.int(),
      }),
    ),
  })
  .meta({ id: "ListedRelease" });

const draft = z
  .object({
    version: z.string(),
    files: z.int().meta({ description: "Packages" }),
    size: z.int(),
    unfinished: z.int().meta({ description: "Those that are still being sent or verified" }),
    expires_at: z.iso.datetime(),
  })
  .meta({ id: "ReleaseDraft" });

const page = pageSchema(item).extend({
  software: z.string(),
  drafts: z.array(draft).meta({ description: "All that wait to be published, whatever the filters" }),
});

const route = createRoute({
  method: "get",
  path: "/api/v1/releases/{software}",
  operationId: "listReleases",
  tags: ["Releases"],
  summary: "List the versions of software, highest first",
  security: apiKeySecurity,
  middleware: withApiKey,
  request: {
    params: releaseParam.pick({ software: true }),
    query: pagingQuery({ most: 100 }).extend({
      search: searchText
        .optional()
        .meta({ description: "In the version. The version of exactly this text comes first." }),
      channel: channelName.optional(),
      platform: givenPlatform.optional().meta({ description: "Versions that have a package of it" }),
      arch: givenArch.optional(),
      format: z.string().max(16).optional().meta({ example: "zip" }),
      type: givenPackageType.optional(),
      state: z.enum(["offered", "yanked"]).optional(),
    }),
  },
  responses: {
    200: { description: "A page", content: { "application/json": { schema: page } } },
    ...errorResponses(
      "VALIDATION_ERROR",
      "INVALID_API_KEY",
      "INSUFFICIENT_SCOPE",
      "ACCESS_DENIED",
      "SOFTWARE_NOT_FOUND",
    ),
  },
});

export const listReleasesRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const filter = { ...c.req.valid("query"), ...c.req.valid("param") };
    return c.json(await listReleases(contextOf(c), filter), 200);
  });
