import { createRoute, z } from "@hono/zod-openapi";
import { readCredential } from "../accounts/authenticate.middleware.ts";
import { contextOf } from "../core/http/request.ts";
import { errorResponses, type Router } from "../core/http/router.ts";
import { readReleaseNotes } from "./release-notes.ts";
import { feedRoute, softwareParam } from "./schemas.ts";
import { sendText } from "./send-feed.middleware.ts";

const route = createRoute({
  method: "get",
  path: "/feeds/{software}/notes/{name}",
  operationId: "getReleaseNotes",
  ...feedRoute,
  summary: "The notes of a version",
  description: "`{version}.md`, in Markdown: where AutoUpdater.NET's changelog points.",
  request: { params: softwareParam.extend({ name: z.string().max(128).meta({ example: "2.0.0.md" }) }) },
  responses: {
    200: {
      description: "The notes, else the description",
      content: { "text/markdown": { schema: z.string() } },
    },
    304: { description: "As before" },
    ...errorResponses("VALIDATION_ERROR", "INVALID_API_KEY", "RELEASE_NOT_FOUND", "RATE_LIMIT_EXCEEDED"),
  },
});

export const getReleaseNotesRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const { software, name } = c.req.valid("param");
    const version = name.replace(/\.md$/, "");
    const notes = await readReleaseNotes(contextOf(c), { software, version }, readCredential(c));
    return sendText(c, { ...notes, contentType: "text/markdown; charset=utf-8" });
  });
