import type { Context } from "hono";
import { readCredential } from "../../accounts/authenticate.middleware.ts";
import { contextOf, type AppEnv } from "../../core/http/request.ts";
import { beginsDownload } from "../../downloads/beginning.ts";
import { fileHeaders } from "../../downloads/links.ts";
import { filesAt, sendText } from "../send-feed.middleware.ts";
import { isSignatureFile, readSignatureFile } from "../signature-files.ts";
import { readManyRanges } from "./byte-ranges.ts";
import { feedCompanions, feedPackages, isCompanion, type FeedPath } from "./feed-files.ts";
import { answerRanges } from "./multipart-ranges.ts";
import { isZsyncFile, readZsyncFile } from "./zsync-files.ts";

/**
 * Answers a request for a file of a feed with a redirect to a fresh signed URL. The redirect's address is absolute, because
 * some updaters cannot resolve a relative one. HEAD is answered here, and so are requests for several ranges, which no
 * bucket answers, and zsync files, which name their package.
 */
export async function serveFile(c: Context<AppEnv>, software: string, fileName: string): Promise<Response> {
  const ctx = contextOf(c);
  const path = { software: software.toLowerCase(), fileName, credential: readCredential(c) };
  if (isSignatureFile(fileName)) {
    const file = await readSignatureFile(ctx, path);
    return sendText(c, { ...file, contentType: "text/plain; charset=utf-8" });
  }
  if (isZsyncFile(fileName)) return serveZsync(c, path);
  const links = isCompanion(fileName) ? feedCompanions : feedPackages;
  if (c.req.method === "HEAD")
    return new Response(null, { headers: fileHeaders(await links.find(ctx, path)) });
  const header = c.req.header("range");
  if (header?.includes(",")) {
    const file = await links.find(ctx, path);
    const ranges = readManyRanges(header, file.size);
    if (ranges) {
      const { body, length, contentType } = answerRanges(ctx, file, ranges);
      const { "Content-Disposition": _name, ...headers } = fileHeaders(file);
      const described = { ...headers, "Content-Type": contentType, "Content-Length": String(length) };
      return new Response(body, { status: 206, headers: described });
    }
  }
  const begins = beginsDownload((name) => c.req.header(name));
  const url = await links.redirect(ctx, path, begins);
  c.header("Cache-Control", "no-store");
  return c.redirect(new URL(url, c.req.url).href, 302);
}

async function serveZsync(c: Context<AppEnv>, path: FeedPath): Promise<Response> {
  const ctx = contextOf(c);
  const file = await feedCompanions.find(ctx, path);
  const folder = new URL(c.req.url).pathname.replace(/\/[^/]*$/, "");
  const packageUrl = filesAt(c, folder)(file.fileName.replace(/\.zsync$/i, ""));
  const { length, open } = await readZsyncFile(ctx, file, packageUrl);
  const { "X-Checksum-SHA256": _sum, "Repr-Digest": _digest, ...headers } = fileHeaders(file);
  const described = { ...headers, "Accept-Ranges": "none", "Content-Length": String(length) };
  return new Response(c.req.method === "HEAD" ? null : open(), { headers: described });
}
