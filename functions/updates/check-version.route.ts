import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { privateHeaders, readCredential } from "../accounts/authenticate.middleware.ts";
import { requireReader } from "../accounts/readers.ts";
import { readSecurity } from "../accounts/schemas.ts";
import { contextOf, type AppEnv } from "../core/http/request.ts";
import { standardHeaders } from "../core/http/observe.ts";
import { briefly, matchesTag } from "../core/http/etags.ts";
import { errorResponses, type Router } from "../core/http/router.ts";
import { limitQueries } from "../core/http/limit-queries.ts";
import { rememberAnswer, recallAnswer, type KnownAnswer } from "./known-answers.ts";
import { packageType, targetQuery, writtenVersion } from "../releases/schemas.ts";
import { checkVersion } from "./check-version.ts";

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
        plans: z
          .array(
            z.object({
              bytes: z.int().meta({ description: "Of all steps" }),
              steps: z.array(
                z.object({
                  package_id: z.int(),
                  type: packageType,
                  from_version: z
                    .string()
                    .nullable()
                    .meta({ description: "What it is applied to; null for a full package" }),
                  to_version: z.string(),
                  file_size: z.int(),
                  sha256: z.string(),
                  download_url: z.string(),
                }),
              ),
            }),
          )
          .optional()
          .meta({ description: "With `plans=true`: cheapest first, the full package last" }),
      })
      .optional(),
  })
  .meta({ id: "VersionCheck" });

/**
 * Most clients ask the same few questions, so the answer to a question that was asked a moment ago is sent again without
 * reading anything. A question is remembered without its key. So whoever asks about private software is checked each time.
 */
const repeatAnswer = createMiddleware<AppEnv>(async (c, next) => {
  const known = recallAnswer(c.get("deps"), c.req.url);
  if (known) {
    const { software } = known;
    if (software.isPrivate) await requireReader(contextOf(c), software, readCredential(c));
    return answerWith(c, known);
  }
  await next();
});

const route = createRoute({
  method: "get",
  path: "/api/v1/version/check",
  tags: ["Updates"],
  summary: "Is there something newer for me?",
  description:
    "The newest version that the client has a way to: a full package, or a patch or hotfix that applies to its version. There is one option of each type: of several formats that of `format`, else the first of one fixed order; of several hotfixes the newest. Packages of the arch `universal` are for every arch, and those of its own come before them. A watershed is offered first, and what says `min_update_from` only to that version and higher ones. With `plans=true` a version may also be reached by a chain of up to ten packages, and `plans` tells the steps. `is_critical` is true where any version above the client's, up to the offered one, is. Without `channel`, a pre-release is offered its own channel too, a release only stable versions. A channel brings those that are more stable: `alpha`, `beta`, `rc`, `stable`.",
  security: readSecurity,
  middleware: [limitQueries, repeatAnswer] as const,
  request: {
    query: targetQuery.extend({
      current_version: writtenVersion.meta({ example: "2.2.5" }),
      channel: z.string().max(32).optional().meta({ description: "stable, beta, ..." }),
      format: z
        .string()
        .max(16)
        .transform((text) => text.replace(/^\./, "").toLowerCase())
        .optional()
        .meta({ description: "zip, exe, deb, ...: only packages of this format", example: "zip" }),
      plans: z
        .enum(["true", "false"])
        .transform((text) => text === "true")
        .optional()
        .meta({ description: "`true`: from a client that takes several packages one after another" }),
    }),
  },
  responses: {
    200: {
      description: "The update, or that there is none",
      content: { "application/json": { schema: answer } },
    },
    304: { description: "As before" },
    ...errorResponses(
      "VALIDATION_ERROR",
      "INVALID_VERSION",
      "INVALID_API_KEY",
      "VERSION_NOT_FOUND",
      "RATE_LIMIT_EXCEEDED",
    ),
  },
});

export const checkVersionRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const input = { ...c.req.valid("query"), credential: readCredential(c) };
    const checked = await checkVersion(contextOf(c), input);
    const known = { ...checked, body: JSON.stringify(checked.answer) };
    rememberAnswer(c.get("deps"), c.req.url, known);
    return answerWith(c, known);
  });

function answerWith(c: Context<AppEnv>, { body, etag, software }: KnownAnswer): Response {
  const headers = {
    ...standardHeaders(c),
    "Content-Type": "application/json",
    ...(software.isPrivate ? privateHeaders : briefly),
    ETag: etag,
  };
  const unchanged = matchesTag(c.req.header("if-none-match"), etag);
  return new Response(unchanged ? null : body, { status: unchanged ? 304 : 200, headers });
}
