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
import { targetQuery, writtenVersion } from "../releases/schemas.ts";
import { forOneDevice, readDevice, type AskingDevice } from "../rollouts/device.middleware.ts";
import { dependsOnDevice, DEVICE_HEADER } from "../rollouts/limits.ts";
import { deviceHeaders, deviceQuery } from "../rollouts/schemas.ts";
import { checkVersion } from "./check-version.ts";
import { answerCounter } from "./count-answers.ts";
import { versionCheck } from "./schemas.ts";

/**
 * Most clients ask the same few questions, so the answer to a question that was asked a moment ago is sent again without
 * reading anything. A question is remembered without its key. So whoever asks about private software is checked each time.
 * Devices share an answer where they are in the same rollouts.
 */
const repeatAnswer = createMiddleware<AppEnv>(async (c, next) => {
  const device = readDevice(c);
  const known = device.isReadable ? recallAnswer(c.get("deps"), c.req.url, device) : undefined;
  if (known) {
    const { software } = known;
    const ctx = contextOf(c);
    if (software.isPrivate) await requireReader(ctx, software, readCredential(c));
    known.given(ctx, device);
    return answerWith(c, known, device);
  }
  await next();
});

const route = createRoute({
  method: "get",
  path: "/api/v1/version/check",
  tags: ["Updates"],
  summary: "Is there something newer for me?",
  description:
    "The newest version that the client has a way to: a full package, or a patch or hotfix that applies to its version. There is one option of each type: of several formats that of `format`, else the first of one fixed order; of several hotfixes the newest. Packages of the arch `universal` are for every arch, and those of its own come before them. A watershed is offered first, and what says `min_update_from` only to that version and higher ones. With `plans=true` a version may also be reached by a chain of up to ten packages, and `plans` tells the steps. `is_critical` is true where any version above the client's, up to the offered one, is. Without `channel`, a pre-release is offered its own channel too, a release only stable versions. A channel brings those that are more stable: `alpha`, `beta`, `rc`, `stable`. A version that is rolled out is offered to the devices of its share: name yours with `device_id`. Where the client's version was rolled back, `rollback` says what to go back to.",
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
      ...deviceQuery,
    }),
    headers: deviceHeaders,
  },
  responses: {
    200: {
      description: "The update, or that there is none",
      content: { "application/json": { schema: versionCheck } },
    },
    304: { description: "As before" },
    ...errorResponses(
      "VALIDATION_ERROR",
      "INVALID_VERSION",
      "INVALID_API_KEY",
      "VERSION_NOT_FOUND",
      "DEVICE_ID_TOO_LONG",
      "RATE_LIMIT_EXCEEDED",
    ),
  },
});

export const checkVersionRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const device = readDevice(c);
    const input = { ...c.req.valid("query"), device, credential: readCredential(c) };
    const ctx = contextOf(c);
    const { answer, ...checked } = await checkVersion(ctx, input);
    const given = answerCounter(checked.software.slug, input, answer.update_info?.version);
    const known = { ...checked, body: JSON.stringify(answer), given };
    given(ctx, device);
    rememberAnswer(c.get("deps"), c.req.url, known);
    return answerWith(c, known, device);
  });

function answerWith(c: Context<AppEnv>, known: KnownAnswer, device: AskingDevice): Response {
  const { body, etag, software, limits } = known;
  const isShared = device.isInQuery || !dependsOnDevice(limits, device);
  const headers = {
    ...standardHeaders(c),
    "Content-Type": "application/json",
    ...(software.isPrivate ? privateHeaders : isShared ? briefly : forOneDevice(DEVICE_HEADER)),
    ETag: etag,
  };
  const unchanged = matchesTag(c.req.header("if-none-match"), etag);
  return new Response(unchanged ? null : body, { status: unchanged ? 304 : 200, headers });
}
