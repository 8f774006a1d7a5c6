import { createRoute, z } from "@hono/zod-openapi";
import { AppError } from "../core/errors.ts";
import { errorResponses, type Router } from "../core/http/router.ts";
import { channelsFrom } from "../kit/channels.ts";
import { parseVersion } from "../kit/versions.ts";
import { channelName } from "../releases/schemas.ts";
import { storedNupkgName } from "./dialects/nupkgs.ts";
import {
  renderReleases,
  renderReleasesJson,
  renderSquirrelMac,
  renderUnchangedReleases,
  squirrelZip,
} from "./dialects/squirrel.ts";
import { newerThan } from "./feed-releases.ts";
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

const JSON_TYPE = "application/json";

const route = createRoute({
  method: "get",
  path: "/feeds/{software}/squirrel/{target}/{name}",
  ...feedRoute,
  summary: "Squirrel.Mac, Electron's autoUpdater and Squirrel.Windows",
  description:
    "`{target}` is `{platform}-{arch}`. With the app's version as `{name}`: the newest release above it, 204 where there is none. `RELEASES.json` (macOS) and `RELEASES` (Windows) tell the newest; the files are beside them.",
  request: {
    params: softwareParam.extend({
      target: z.string().max(64).meta({ example: "darwin-arm64" }),
      name: z.string().max(255).meta({ example: "1.0.0" }),
    }),
    query: z.object({
      channel: channelName.default("stable"),
      localVersion: z
        .string()
        .max(64)
        .optional()
        .meta({ description: "Told by Squirrel.Windows: it gets deltas from there" }),
      ...feedQuery,
    }),
    headers: feedHeaders,
  },
  responses: {
    ...feedOrFileAnswers(JSON_TYPE),
    204: { description: "Nothing newer" },
    ...errorResponses("VALIDATION_ERROR", "FEED_NOT_FOUND"),
  },
});

export const getSquirrelFeedRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const { software, target: text, name } = c.req.valid("param");
    const target = readTarget(text);
    if (!target) throw new AppError("FEED_NOT_FOUND");
    const { arches } = target;
    const urlOf = filesAt(c, `/feeds/${software}/squirrel/${text}`);
    const { channel, localVersion } = c.req.valid("query");
    const question = { software, ...target, channels: channelsFrom(channel) };
    const feed = { question, contentType: JSON_TYPE, variant: `squirrel ${name} ${urlOf("")}` };
    if (name === "RELEASES.json")
      return sendFeed(c, {
        ...feed,
        write: ({ releases }) => renderReleasesJson(releases, arches, urlOf),
        unchanged: renderUnchangedReleases,
      });
    if (name === "RELEASES")
      return sendFeed(c, {
        ...feed,
        contentType: "text/plain; charset=utf-8",
        current: localVersion,
        mayNameOlder: true,
        write: ({ releases }) => renderReleases(releases, arches, localVersion, urlOf),
      });
    if (!parseVersion(name)) return serveFile(c, software, storedNupkgName(name));
    return sendFeed(c, {
      ...feed,
      current: name,
      write({ releases }) {
        for (const release of newerThan(releases, name)) {
          const file = squirrelZip(release, arches);
          if (file) return renderSquirrelMac(release, file, urlOf);
        }
        return null;
      },
      nothing: () => new Response(null, { status: 204 }),
    });
  });
