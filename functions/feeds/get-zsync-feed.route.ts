import { createRoute, z } from "@hono/zod-openapi";
import { AppError } from "../core/errors.ts";
import type { Router } from "../core/http/router.ts";
import { channelsFrom } from "../kit/channels.ts";
import { channelName } from "../releases/schemas.ts";
import { filesFor } from "./feed-releases.ts";
import { viewOf } from "./feed-view.ts";
import { serveFile } from "./files/serve-file.middleware.ts";
import { findFeed } from "./find-feed.middleware.ts";
import {
  feedHeaders,
  feedOrFileAnswers,
  feedQuery,
  feedRoute,
  readTarget,
  softwareParam,
} from "./schemas.ts";

const EXTENSION = ".zsync";

const route = createRoute({
  method: "get",
  path: "/feeds/{software}/zsync/{name}",
  ...feedRoute,
  summary: "zsync and AppImageUpdate",
  description:
    "`{platform}-{arch}.zsync` is the zsync file of the newest AppImage, whose address stays the same; the files are beside it, each with its own.",
  request: {
    params: softwareParam.extend({ name: z.string().max(255).meta({ example: "linux-x64.zsync" }) }),
    query: z.object({ channel: channelName.default("stable"), ...feedQuery }),
    headers: feedHeaders,
  },
  responses: feedOrFileAnswers("application/octet-stream"),
});

export const getZsyncFeedRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const { software, name } = c.req.valid("param");
    const target = name.endsWith(EXTENSION) ? readTarget(name.slice(0, -EXTENSION.length)) : null;
    if (!target) return serveFile(c, software, name);
    const channels = channelsFrom(c.req.valid("query").channel);
    const { index, bits, newerThan } = await findFeed(c, { software, ...target, channels }, {});
    const { releases } = viewOf(index, bits, newerThan);
    const [file] = releases.flatMap((release) => filesFor(release, target.arches, ["appimage"]));
    if (!file) throw new AppError("FEED_EMPTY");
    return serveFile(c, software, `${file.fileName}${EXTENSION}`);
  });
