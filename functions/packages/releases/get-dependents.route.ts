import { createRoute, z } from "@hono/zod-openapi";
import { withApiKey } from "../../accounts/authenticate.middleware.ts";
import { apiKeySecurity } from "../../accounts/schemas.ts";
import { contextOf } from "../../core/http/request.ts";
import { errorResponses, type Router } from "../../core/http/router.ts";
import { packageType } from "../../releases/schemas.ts";
import { getDependents } from "./get-dependents.ts";
import { releaseParam } from "./schemas.ts";

const answer = z
  .object({
    patches: z
      .array(
        z.object({
          id: z.int(),
          version: z.string(),
          from_version: z.string(),
          package_type: packageType,
          platform: z.string(),
          arch: z.string(),
          format: z.string(),
          size: z.int(),
        }),
      )
      .meta({ description: "Packages that apply to this version alone" }),
    chains: z
      .array(
        z.object({
          platform: z.string(),
          arch: z.string(),
          from_version: z.string(),
          to_version: z.string(),
        }),
      )
      .meta({ description: "Ways of patches that lead over this version" }),
    gates: z
      .array(z.object({ version: z.string(), channel: z.string() }))
      .meta({ description: "Versions whose `min_update_from` is this one" }),
    is_watershed: z.boolean(),
    is_latest: z.boolean(),
    offers: z
      .array(
        z.object({
          platform: z.string(),
          arch: z.string(),
          now: z.string().nullable(),
          without: z.string().nullable().meta({ description: "If this version were not there" }),
          rolled_back: z
            .array(z.string())
            .meta({ description: "Versions that were rolled back, from which devices are led to this one" }),
        }),
      )
      .meta({
        description:
          "Which version clients of its channel are offered that are in no rollout, wherever it has a full package",
      }),
  })
  .meta({ id: "ReleaseDependents" });

const route = createRoute({
  method: "get",
  path: "/api/v1/releases/{software}/{version}/dependents",
  tags: ["Releases"],
  summary: "What depends on a version",
  description:
    "What would be of no use, or out of reach, if the version were deleted, and what clients would be offered then.",
  security: apiKeySecurity,
  middleware: withApiKey,
  request: { params: releaseParam },
  responses: {
    200: { description: "Empty lists: nothing", content: { "application/json": { schema: answer } } },
    ...errorResponses(
      "VALIDATION_ERROR",
      "INVALID_VERSION",
      "INVALID_API_KEY",
      "INSUFFICIENT_SCOPE",
      "ACCESS_DENIED",
      "SOFTWARE_NOT_FOUND",
    ),
  },
});

export const getDependentsRoute = (router: Router) =>
  router.openapi(route, async (c) => c.json(await getDependents(contextOf(c), c.req.valid("param")), 200));
