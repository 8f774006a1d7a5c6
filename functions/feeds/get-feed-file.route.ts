import { createRoute, z } from "@hono/zod-openapi";
import { readCredential } from "../accounts/authenticate.middleware.ts";
import { contextOf } from "../core/http/request.ts";
import type { Router } from "../core/http/router.ts";
import { renderMetalink } from "./dialects/metalink.ts";
import { feedPackages } from "./files/feed-files.ts";
import { serveFile } from "./files/serve-file.middleware.ts";
import { feedOrFileAnswers, feedRoute, softwareParam } from "./schemas.ts";
import { filesAt, sendText } from "./send-feed.middleware.ts";

const METALINK = "application/metalink4+xml";

const route = createRoute({
  method: "get",
  path: "/feeds/{software}/files/{name}",
  ...feedRoute,
  summary: "A file of any feed, and its Metalink",
  description: "`{file}.meta4` is a Metalink 4 document of a package (RFC 5854), for aria2 and its like.",
  request: { params: softwareParam.extend({ name: z.string().max(255).meta({ example: "app.zip.meta4" }) }) },
  responses: feedOrFileAnswers(METALINK),
});

export const getFeedFileRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const { software, name } = c.req.valid("param");
    if (!name.endsWith(".meta4")) return serveFile(c, software, name);
    const fileName = name.slice(0, -".meta4".length);
    const file = await feedPackages.find(contextOf(c), { software, fileName, credential: readCredential(c) });
    const text = renderMetalink(file, filesAt(c, `/feeds/${software}/files`)(fileName));
    return sendText(c, { text, isPrivate: file.isPrivate, contentType: METALINK });
  });
