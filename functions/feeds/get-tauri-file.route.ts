import { createRoute, z } from "@hono/zod-openapi";
import { AppError } from "../core/errors.ts";
import type { Router } from "../core/http/router.ts";
import { channelsFrom } from "../kit/channels.ts";
import { channelName } from "../releases/schemas.ts";
import { renderTauriStatic } from "./dialects/tauri.ts";
import { viewOf } from "./feed-view.ts";
import { findFeed, type FoundFeed } from "./find-feed.middleware.ts";
import { serveFile } from "./files/serve-file.middleware.ts";
import { feedHeaders, feedOrFileAnswers, feedQuery, feedRoute, softwareParam } from "./schemas.ts";
import { filesAt, sendText } from "./send-feed.middleware.ts";

const STATIC = "latest.json";
const ARCHES = ["x64", "x86", "arm64", "armv7", "universal"] as const;

const route = createRoute({
  method: "get",
  path: "/feeds/{software}/tauri/{name}",
  ...feedRoute,
  summary: "Tauri and cargo-packager: the static `latest.json`, and their files",
  description:
    "`latest.json` tells the newest release that is signed, with every system and arch that has it.",
  request: {
    params: softwareParam.extend({ name: z.string().max(255).meta({ example: STATIC }) }),
    query: z.object({ channel: channelName.default("stable"), ...feedQuery }),
    headers: feedHeaders,
  },
  responses: { ...feedOrFileAnswers("application/json"), 204: { description: "Nothing newer" } },
});

export const getTauriFileRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const { software, name } = c.req.valid("param");
    if (name !== STATIC) return serveFile(c, software, name);
    const channels = channelsFrom(c.req.valid("query").channel);
    const find = (platform: "windows" | "macos" | "linux") =>
      findFeed(c, { software, platform, arches: ARCHES, channels }, {});
    const [windows, macos, linux] = await Promise.all([find("windows"), find("macos"), find("linux")]);
    const shown = ({ index, bits, newerThan }: FoundFeed) => viewOf(index, bits, newerThan).releases;
    const releases = { windows: shown(windows), macos: shown(macos), linux: shown(linux) };
    const text = renderTauriStatic(releases, filesAt(c, `/feeds/${software}/tauri`));
    if (text === null && windows.newerThan) return new Response(null, { status: 204 });
    if (text === null) throw new AppError("FEED_EMPTY");
    const own = [windows, macos, linux].find(({ isForOne }) => isForOne);
    const { isPrivate, caching } = own ?? windows;
    return sendText(c, { text, isPrivate, caching, contentType: "application/json" });
  });
