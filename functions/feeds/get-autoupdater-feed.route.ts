import { createRoute, z } from "@hono/zod-openapi";
import type { Router } from "../core/http/router.ts";
import { channelsFrom } from "../kit/channels.ts";
import { channelName } from "../releases/schemas.ts";
import { renderAutoUpdater, renderNoUpdate } from "./dialects/autoupdater.ts";
import { serveFile } from "./files/serve-file.middleware.ts";
import {
  feedHeaders,
  feedOrFileAnswers,
  feedQuery,
  feedRoute,
  readTarget,
  softwareParam,
} from "./schemas.ts";
import { filesAt, sendFeed } from "./send-feed.middleware.ts";

const XML_TYPE = "application/xml";

const route = createRoute({
  method: "get",
  path: "/feeds/{software}/autoupdater/{name}",
  ...feedRoute,
  summary: "AutoUpdater.NET",
  description: "`{platform}-{arch}.xml`, and the files beside it.",
  request: {
    params: softwareParam.extend({ name: z.string().max(255).meta({ example: "windows-x64.xml" }) }),
    query: z.object({ channel: channelName.default("stable"), ...feedQuery }),
    headers: feedHeaders,
  },
  responses: feedOrFileAnswers(XML_TYPE),
});

export const getAutoUpdaterFeedRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const { software, name } = c.req.valid("param");
    const target = name.endsWith(".xml") ? readTarget(name.slice(0, -".xml".length)) : null;
    if (!target) return serveFile(c, software, name);
    const [file, notes] = [
      filesAt(c, `/feeds/${software}/autoupdater`),
      filesAt(c, `/feeds/${software}/notes`),
    ];
    return sendFeed(c, {
      question: { software, ...target, channels: channelsFrom(c.req.valid("query").channel) },
      contentType: `${XML_TYPE}; charset=utf-8`,
      variant: `autoupdater ${name} ${file("")}`,
      write: ({ releases }) =>
        renderAutoUpdater(releases, target.arches, { file, notes: (version) => notes(`${version}.md`) }),
      nothing: () => new Response(renderNoUpdate(file(name)), { headers: { "Content-Type": XML_TYPE } }),
    });
  });
