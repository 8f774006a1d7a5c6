import { createRoute, z } from "@hono/zod-openapi";
import { AppError } from "../core/errors.ts";
import { errorResponses, type Router } from "../core/http/router.ts";
import { channelsFrom } from "../kit/channels.ts";
import { archesFor } from "../releases/arches.ts";
import { channelName } from "../releases/schemas.ts";
import { readTauriTarget, renderTauri, tauriFile } from "./dialects/tauri.ts";
import { newerThan } from "./feed-releases.ts";
import { deviceHeaders, deviceQuery } from "../rollouts/schemas.ts";
import { feedAnswers, feedRoute, softwareParam } from "./schemas.ts";
import { filesAt, sendFeed } from "./send-feed.middleware.ts";

const JSON_TYPE = "application/json";

const route = createRoute({
  method: "get",
  path: "/feeds/{software}/tauri/{target}/{arch}/{current_version}",
  operationId: "getTauriUpdate",
  ...feedRoute,
  summary: "Tauri and cargo-packager, asked with the app's version",
  description:
    "The newest release above the app's version that has a signed package for it; 204 where there is none. `{target}` may name the installer (`windows-x86_64-nsis`), and so may `bundle_type`.",
  request: {
    params: softwareParam.extend({
      target: z.string().max(64).meta({ example: "darwin" }),
      arch: z.string().max(32).meta({ example: "aarch64" }),
      current_version: z.string().max(64).meta({ example: "1.0.0" }),
    }),
    query: z.object({
      channel: channelName.default("stable"),
      bundle_type: z.string().max(32).optional().meta({ example: "nsis" }),
      ...deviceQuery,
    }),
    headers: deviceHeaders,
  },
  responses: {
    ...feedAnswers(JSON_TYPE),
    204: { description: "Nothing newer" },
    ...errorResponses("VALIDATION_ERROR", "INVALID_API_KEY", "FEED_EMPTY", "FEED_NOT_FOUND"),
  },
});

export const getTauriFeedRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const { software, target, arch, current_version: current } = c.req.valid("param");
    const { channel, bundle_type: bundle } = c.req.valid("query");
    const wanted = readTauriTarget(target, arch, bundle);
    if (!wanted) throw new AppError("FEED_NOT_FOUND");
    const urlOf = filesAt(c, `/feeds/${software}/tauri`);
    return sendFeed(c, {
      question: {
        software,
        platform: wanted.platform,
        arches: archesFor(wanted.arch),
        channels: channelsFrom(channel),
      },
      contentType: JSON_TYPE,
      current,
      variant: `tauri ${wanted.arch} ${wanted.installer} ${urlOf("")}`,
      write({ releases }) {
        for (const release of newerThan(releases, current)) {
          const file = tauriFile(release, wanted);
          if (file) return renderTauri(release, file, urlOf);
        }
        return null;
      },
      nothing: () => new Response(null, { status: 204 }),
    });
  });
