import { createRoute, z } from "@hono/zod-openapi";
import { AppError } from "../core/errors.ts";
import type { Router } from "../core/http/router.ts";
import { channelName } from "../releases/schemas.ts";
import { renderAppcast } from "./dialects/sparkle.ts";
import { channelsFrom } from "./feed-index.ts";
import { serveFile } from "./files/serve-file.middleware.ts";
import { feedOrFileAnswers, feedRoute, readTarget, softwareParam } from "./schemas.ts";
import { filesAt, sendFeed } from "./send-feed.middleware.ts";

const APPCAST = "appcast.xml";

const route = createRoute({
  method: "get",
  path: "/feeds/{software}/sparkle/{target}/{name}",
  ...feedRoute,
  summary: "Sparkle, WinSparkle and NetSparkle",
  description:
    "`{target}` is `{platform}-{arch}`. `appcast.xml` lists the newest releases that have an Ed25519 signature; the files are beside it.",
  request: {
    params: softwareParam.extend({
      target: z.string().max(64).meta({ example: "macos-arm64" }),
      name: z.string().max(255).meta({ example: APPCAST }),
    }),
    query: z.object({ channel: channelName.default("stable") }),
  },
  responses: feedOrFileAnswers("application/xml"),
});

export const getSparkleFeedRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const { software, target: text, name } = c.req.valid("param");
    const target = readTarget(text);
    if (!target) throw new AppError("FEED_NOT_FOUND");
    if (name !== APPCAST) return serveFile(c, software, name);
    const urlOf = filesAt(c, `/feeds/${software}/sparkle/${text}`);
    return sendFeed(c, {
      question: { software, ...target, channels: channelsFrom(c.req.valid("query").channel) },
      contentType: "application/xml; charset=utf-8",
      variant: `sparkle ${urlOf("")}`,
      write: ({ releases, software: { slug } }) => renderAppcast(releases, target, { title: slug, urlOf }),
    });
  });
