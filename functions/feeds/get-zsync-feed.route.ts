import { createRoute, z } from "@hono/zod-openapi";
import { readCredential } from "../accounts/authenticate.middleware.ts";
import { AppError } from "../core/errors.ts";
import { contextOf } from "../core/http/request.ts";
import type { Router } from "../core/http/router.ts";
import { channelName } from "../releases/schemas.ts";
import { channelsFrom, findFeedIndex } from "./feed-index.ts";
import { filesFor } from "./feed-releases.ts";
import { serveFile } from "./files/serve-file.middleware.ts";
import { feedOrFileAnswers, feedRoute, readTarget, softwareParam } from "./schemas.ts";

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
    query: z.object({ channel: channelName.default("stable") }),
  },
  responses: feedOrFileAnswers("application/octet-stream"),
});

export const getZsyncFeedRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const { software, name } = c.req.valid("param");
    const target = name.endsWith(EXTENSION) ? readTarget(name.slice(0, -EXTENSION.length)) : null;
    if (!target) return serveFile(c, software, name);
    const channels = channelsFrom(c.req.valid("query").channel);
    const index = await findFeedIndex(contextOf(c), { software, ...target, channels }, readCredential(c));
    const [file] = index.releases.flatMap((release) => filesFor(release, target.arches, ["appimage"]));
    if (!file) throw new AppError("FEED_EMPTY");
    return serveFile(c, software, `${file.fileName}${EXTENSION}`);
  });
