import { createRoute, z } from "@hono/zod-openapi";
import { readCredential } from "../accounts/authenticate.middleware.ts";
import { AppError } from "../core/errors.ts";
import { contextOf } from "../core/http/request.ts";
import type { Router } from "../core/http/router.ts";
import { channelsFrom } from "../kit/channels.ts";
import { channelName } from "../releases/schemas.ts";
import { renderTauriStatic } from "./dialects/tauri.ts";
import { findFeedIndex } from "./feed-index.ts";
import { serveFile } from "./files/serve-file.middleware.ts";
import { feedOrFileAnswers, feedRoute, softwareParam } from "./schemas.ts";
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
    query: z.object({ channel: channelName.default("stable") }),
  },
  responses: feedOrFileAnswers("application/json"),
});

export const getTauriFileRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const { software, name } = c.req.valid("param");
    if (name !== STATIC) return serveFile(c, software, name);
    const channels = channelsFrom(c.req.valid("query").channel);
    const find = (platform: "windows" | "macos" | "linux") =>
      findFeedIndex(contextOf(c), { software, platform, arches: ARCHES, channels }, readCredential(c));
    const [windows, macos, linux] = await Promise.all([find("windows"), find("macos"), find("linux")]);
    const releases = { windows: windows.releases, macos: macos.releases, linux: linux.releases };
    const text = renderTauriStatic(releases, filesAt(c, `/feeds/${software}/tauri`));
    if (text === null) throw new AppError("FEED_EMPTY");
    const { isPrivate } = windows.software;
    return sendText(c, { text, isPrivate, contentType: "application/json" });
  });
