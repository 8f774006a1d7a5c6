import { createRoute, z } from "@hono/zod-openapi";
import { readCredential } from "../accounts/authenticate.middleware.ts";
import { AppError } from "../core/errors.ts";
import { contextOf } from "../core/http/request.ts";
import type { Router } from "../core/http/router.ts";
import { channelsFrom } from "../kit/channels.ts";
import { channelName } from "../releases/schemas.ts";
import { findAppcast } from "./appcasts/find-appcast.ts";
import { renderAppcast } from "./dialects/sparkle.ts";
import { serveFile } from "./files/serve-file.middleware.ts";
import {
  feedHeaders,
  feedOrFileAnswers,
  feedQuery,
  feedRoute,
  readTarget,
  softwareParam,
} from "./schemas.ts";
import { filesAt, sendFeed, sendText } from "./send-feed.middleware.ts";

const APPCAST = "appcast.xml";
const SIGNATURE = `${APPCAST}.signature`;
const XML_TYPE = "application/xml; charset=utf-8";

const route = createRoute({
  method: "get",
  path: "/feeds/{software}/sparkle/{target}/{name}",
  ...feedRoute,
  summary: "Sparkle, WinSparkle and NetSparkle",
  description:
    "`{target}` is `{platform}-{arch}`. `appcast.xml` lists the newest releases that have an Ed25519 signature; the files are beside it. Where the publisher has set an appcast of their own, it is that one, and `appcast.xml.signature` its signature.",
  request: {
    params: softwareParam.extend({
      target: z.string().max(64).meta({ example: "macos-arm64" }),
      name: z.string().max(255).meta({ example: APPCAST }),
    }),
    query: z.object({ channel: channelName.default("stable"), ...feedQuery }),
    headers: feedHeaders,
  },
  responses: feedOrFileAnswers("application/xml"),
});

export const getSparkleFeedRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const { software, target: text, name } = c.req.valid("param");
    const target = readTarget(text);
    if (!target) throw new AppError("FEED_NOT_FOUND");
    const { platform, arches } = target;
    const isSignature = name === SIGNATURE;
    if (name !== APPCAST && !isSignature) return serveFile(c, software, name);
    const question = { software, platform, arch: arches[0] };
    const { own, software: access } = await findAppcast(contextOf(c), question, readCredential(c));
    const signed = isSignature ? own?.signature : own?.appcast;
    if (typeof signed === "string") {
      const contentType = isSignature ? "text/plain" : XML_TYPE;
      return sendText(c, { text: signed, isPrivate: access.isPrivate, contentType });
    }
    if (isSignature) throw new AppError("FEED_EMPTY");
    const urlOf = filesAt(c, `/feeds/${software}/sparkle/${text}`);
    return sendFeed(c, {
      question: { software, ...target, channels: channelsFrom(c.req.valid("query").channel) },
      contentType: XML_TYPE,
      variant: `sparkle ${urlOf("")}`,
      write: ({ releases, software: { slug } }) => renderAppcast(releases, target, { title: slug, urlOf }),
    });
  });
