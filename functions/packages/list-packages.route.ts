import { createRoute, z } from "@hono/zod-openapi";
import { readCredential } from "../accounts/authenticate.middleware.ts";
import { readSecurity } from "../accounts/schemas.ts";
import { contextOf } from "../core/http/request.ts";
import { errorResponses, type Router } from "../core/http/router.ts";
import { limitQueries } from "../core/http/limit-queries.ts";
import { listPackages } from "./list-packages.ts";
import { packageType, targetQuery } from "../releases/schemas.ts";
import { givenArchOrAll, givenPackageType, givenPlatformOrAll } from "../releases/target-names.ts";

const item = z
  .object({
    id: z.int(),
    version: z.string(),
    package_type: packageType,
    package_name: z.string(),
    package_size: z.int(),
    from_version: z.string().nullable(),
    download_url: z.string(),
    created_at: z.iso.datetime(),
    download_count: z.int(),
    software: z.string(),
    platform: z.string(),
    arch: z.string(),
    channel: z.string(),
    sha256: z.string(),
    yanked: z.boolean(),
    format: z.string(),
    signature: z.string().nullable(),
    ed_signature: z.string().nullable(),
    build_number: z.string().nullable(),
    min_os_version: z.string().nullable(),
    installer_args: z.string().nullable(),
    requires_admin: z.boolean(),
    companions: z.array(z.object({ role: z.string(), file_name: z.string(), size: z.int() })),
    is_watershed: z.boolean().meta({ description: "Of the version: no device below jumps over it" }),
    min_update_from: z
      .string()
      .nullable()
      .meta({ description: "Of the version: the lowest one that may take it directly" }),
  })
  .meta({ id: "Package" });

const route = createRoute({
  method: "get",
  path: "/api/v1/packages",
  tags: ["Packages"],
  summary: "List packages, newest first",
  security: readSecurity,
  middleware: limitQueries,
  request: {
    query: targetQuery.extend({
      platform: givenPlatformOrAll.default("windows").meta({ description: "`all`: every one" }),
      arch: givenArchOrAll.default("x64").meta({ description: "`all`: every one" }),
      package_type: givenPackageType.optional(),
      limit: z.coerce.number().int().min(1).max(1000).default(20),
      offset: z.coerce.number().int().min(0).max(1_000_000_000).default(0),
    }),
  },
  responses: {
    200: { description: "Packages", content: { "application/json": { schema: z.array(item) } } },
    ...errorResponses("VALIDATION_ERROR", "INVALID_API_KEY", "RATE_LIMIT_EXCEEDED"),
  },
});

export const listPackagesRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const filter = { ...c.req.valid("query"), credential: readCredential(c) };
    return c.json(await listPackages(contextOf(c), filter), 200);
  });
