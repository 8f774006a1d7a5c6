import type { Context } from "hono";
import { privateHeaders } from "../accounts/authenticate.middleware.ts";
import { AppError } from "../core/errors.ts";
import { briefly, matchesTag } from "../core/http/etags.ts";
import { standardHeaders } from "../core/http/observe.ts";
import { contextOf, type AppEnv } from "../core/http/request.ts";
import { sha256Hex } from "../kit/hash/hash.ts";
import { countFeed } from "./count-feed.ts";
import type { FeedIndex } from "./feed-index.ts";
import type { FeedQuestion } from "./feed-question.ts";
import { viewOf } from "./feed-view.ts";
import { findFeed, type FeedClient, type FoundFeed } from "./find-feed.middleware.ts";

/**
 * Texts of feeds that were written already: by the index that a text was written from, then by whatever else decides it.
 */
const written = new WeakMap<FeedIndex, Map<string, Written>>();
/** How many texts are remembered of one index. There could be any number, because clients choose versions and names. */
const MOST_SAYINGS = 200;

/** `newest` is the order key of the newest version that the text may name. */
type Written = { text: string | null; etag: string; newest: string | undefined };

/** A feed of the newest releases. */
export type Feed = FeedClient & {
  question: FeedQuestion;
  contentType: string;
  /** What decides the text besides question, version and rollouts. */
  variant: string;
  /** @returns null where there is nothing to say */
  write: (index: FeedIndex) => string | null;
  /** What is said in place of nothing to a device that has this version and is to keep it. */
  unchanged?: (version: string) => string;
  /** The answer where there is nothing to say of software that exists. Without it, that is the refusal FEED_EMPTY. */
  nothing?: (() => Response) | undefined;
};

/**
 * Answers with a feed: the newest releases of a software that are out for the device, in the form that one kind of client
 * reads. A text is only written once for the same index, version and rollouts that the device is in.
 * @throws AppError INVALID_API_KEY for whoever may not see the software; FEED_EMPTY.
 */
export async function sendFeed(c: Context<AppEnv>, feed: Feed): Promise<Response> {
  const found = await findFeed(c, feed.question, feed);
  const { caching, isPrivate, device, told: current, index } = found;
  const { text, etag, newest } = writtenOf(found, feed);
  countFeed(contextOf(c), feed.question, { slug: index.software.slug, device, current, newest });
  if (text === null) {
    if (!feed.nothing) throw new AppError("FEED_EMPTY");
    return feed.nothing();
  }
  return sendText(c, { text, etag, isPrivate, caching, contentType: feed.contentType });
}

function writtenOf(found: FoundFeed, feed: Feed): Written {
  const { index, bits, newerThan } = found;
  const sayings = written.get(index) ?? new Map<string, Written>();
  written.set(index, sayings);
  const key = `${feed.current ?? ""} ${newerThan?.name ?? ""} ${bits} ${feed.variant}`;
  const known = sayings.get(key);
  if (known) return known;
  if (sayings.size >= MOST_SAYINGS) sayings.clear();
  const view = viewOf(index, bits, newerThan);
  const text = textOf(view, found, feed);
  const newest = text === null ? undefined : view.releases[0]?.orderKey;
  const saying = { text, etag: tagOf(text ?? ""), newest };
  sayings.set(key, saying);
  return saying;
}

function textOf(view: FeedIndex, { newerThan }: FoundFeed, { write, unchanged }: Feed): string | null {
  const text = write(view);
  return text === null && newerThan && unchanged ? unchanged(newerThan.name) : text;
}

const tagOf = (text: string) => `"${sha256Hex(text).slice(0, 16)}"`;

/** Answers with a text and its ETag, or with "not modified" where the client has that already. */
export function sendText(
  c: Context<AppEnv>,
  {
    text,
    etag = tagOf(text),
    isPrivate,
    caching = isPrivate ? privateHeaders : briefly,
    contentType,
  }: {
    text: string;
    etag?: string;
    isPrivate: boolean;
    /** Who may keep the answer, where that is not only a matter of who may see the software. */
    caching?: Record<string, string>;
    contentType: string;
  },
): Response {
  const headers = {
    ...standardHeaders(c),
    "Content-Type": contentType,
    ...caching,
    ETag: etag,
  };
  const isUnchanged = matchesTag(c.req.header("if-none-match"), etag);
  return new Response(isUnchanged ? null : text, { status: isUnchanged ? 304 : 200, headers });
}

/**
 * The addresses of a feed's files. They contain the `key` of the request's query, because the clients do not pass it on.
 */
export function filesAt(c: Context<AppEnv>, folder: string): (fileName: string) => string {
  const { origin, searchParams } = new URL(c.req.url);
  const key = searchParams.get("key");
  const query = key === null ? "" : `?key=${encodeURIComponent(key)}`;
  return (fileName) => `${origin}${folder}/${encodeURIComponent(fileName)}${query}`;
}
