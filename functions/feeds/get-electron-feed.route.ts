import { createRoute, z } from "@hono/zod-openapi";
import type { Router } from "../core/http/router.ts";
import { channelsFrom } from "../kit/channels.ts";
import { readElectronFeed, renderElectron, renderUnchangedElectron } from "./dialects/electron.ts";
import { serveFile } from "./files/serve-file.middleware.ts";
import { feedHeaders, feedOrFileAnswers, feedQuery, feedRoute, softwareParam } from "./schemas.ts";
import { sendFeed } from "./send-feed.middleware.ts";

/** electron-updater sends a UUID in it that it made for this install. */
const STAGING_HEADER = "x-user-staging-id";

const route = createRoute({
  method: "get",
  path: "/feeds/{software}/electron/{name}",
  ...feedRoute,
  summary: "electron-updater",
  description:
    "`{channel}[-mac|-linux[-arch]].yml`, of which `latest` is the channel of releases; and the files and block maps beside it. Several ranges of a file are answered here, so that differential downloads work.",
  request: {
    params: softwareParam.extend({ name: z.string().max(255).meta({ example: "latest-mac.yml" }) }),
    query: z.object(feedQuery),
    headers: feedHeaders.extend({
      [STAGING_HEADER]: z
        .string()
        .optional()
        .meta({ description: "electron-updater's own id of the device: in place of `device_id`" }),
    }),
  },
  responses: feedOrFileAnswers("text/yaml"),
});

export const getElectronFeedRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const { software, name } = c.req.valid("param");
    const feed = readElectronFeed(name);
    if (!feed) return serveFile(c, software, name);
    const { platform, arches, channel } = feed;
    return sendFeed(c, {
      question: { software, platform, arches, channels: channelsFrom(channel) },
      contentType: "text/yaml; charset=utf-8",
      variant: `electron ${name}`,
      deviceIn: { header: STAGING_HEADER },
      write: ({ releases }) => renderElectron(releases, feed),
      unchanged: renderUnchangedElectron,
    });
  });
