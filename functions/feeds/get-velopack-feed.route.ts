import { createRoute, z } from "@hono/zod-openapi";
import type { Router } from "../core/http/router.ts";
import { channelsFrom } from "../kit/channels.ts";
import { storedNupkgName } from "./dialects/nupkgs.ts";
import { readVelopackFeed, renderVelopack } from "./dialects/velopack.ts";
import { serveFile } from "./files/serve-file.middleware.ts";
import { feedHeaders, feedOrFileAnswers, feedQuery, feedRoute, softwareParam } from "./schemas.ts";
import { sendFeed } from "./send-feed.middleware.ts";

const JSON_TYPE = "application/json";

const route = createRoute({
  method: "get",
  path: "/feeds/{software}/velopack/{name}",
  ...feedRoute,
  summary: "Velopack",
  description:
    "`releases.{win|osx|linux}[-arch][-channel].json`, and the files beside it. Deltas are listed where they lead from `localVersion` to the newest release without a gap.",
  request: {
    params: softwareParam.extend({ name: z.string().max(255).meta({ example: "releases.win.json" }) }),
    query: z.object({
      localVersion: z.string().max(64).optional(),
      id: z.string().max(200).optional().meta({ description: "The app's own name of its package" }),
      stagingId: z
        .string()
        .optional()
        .meta({ description: "Velopack's own id of the device: in place of `device_id`" }),
      ...feedQuery,
    }),
    headers: feedHeaders,
  },
  responses: feedOrFileAnswers(JSON_TYPE),
});

export const getVelopackFeedRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const { software, name } = c.req.valid("param");
    const { localVersion, id = software } = c.req.valid("query");
    const feed = readVelopackFeed(name);
    if (!feed) return serveFile(c, software, storedNupkgName(name));
    const { platform, arches, channel } = feed;
    return sendFeed(c, {
      question: { software, platform, arches, channels: channelsFrom(channel) },
      contentType: JSON_TYPE,
      current: localVersion,
      variant: `velopack ${id}`,
      deviceIn: { query: "stagingId" },
      write: ({ releases }) => renderVelopack(releases, feed, { localVersion, id }),
    });
  });
