import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { Refusal, refusals } from "./refusal.ts";

/** One request as the bucket works with it: path and query decoded, body not yet read. */
export type Call = {
  method: string;
  /** As it was sent, still encoded, because signatures cover it like this. */
  rawPath: string;
  bucket: string;
  /** Opaque text, never a path; "" for the bucket itself. */
  key: string;
  query: Map<string, string>;
  /** The query in its order, with repeated names, because signatures cover it like this. */
  pairs: [string, string][];
  headers: IncomingHttpHeaders;
};

const MAX_KEY_BYTES = 1024;
const invalidUri = () => new Refusal(400, "InvalidURI", "The address could not be read.");

/** Path-style: behind `basePath`, the first segment is the bucket. */
export function parseCall(request: IncomingMessage, basePath: string): Call {
  const url = (request.url ?? "/").replace(/^https?:\/\/[^/]*/, "");
  const mark = url.indexOf("?");
  const rawPath = mark < 0 ? url : url.slice(0, mark);
  const rawQuery = mark < 0 ? "" : url.slice(mark + 1);
  if (!rawPath.startsWith(`${basePath}/`)) throw invalidUri();
  const [bucket = "", ...rest] = rawPath.slice(basePath.length + 1).split("/");
  const key = rest.map(decode).join("/");
  if (Buffer.byteLength(key) > MAX_KEY_BYTES) {
    throw new Refusal(400, "KeyTooLongError", "Your key is too long.");
  }
  const pairs = rawQuery
    .split("&")
    .filter((pair) => pair !== "")
    .map(splitPair);
  return {
    method: request.method ?? "GET",
    rawPath,
    bucket: decode(bucket),
    key,
    query: new Map(pairs),
    pairs,
    headers: request.headers,
  };
}

function splitPair(pair: string): [string, string] {
  const equals = pair.indexOf("=");
  if (equals < 0) return [decode(pair), ""];
  return [decode(pair.slice(0, equals)), decode(pair.slice(equals + 1))];
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw invalidUri();
  }
}

export function header(call: Call, name: string): string | undefined {
  const value = call.headers[name];
  return Array.isArray(value) ? value.join(",") : value;
}

/** A whole number in the query, between two bounds; `fallback` where it is not given. */
export function numberOf(call: Call, name: string, fallback: number, most: number): number {
  const text = call.query.get(name);
  if (text === undefined || text === "") return fallback;
  if (!/^\d{1,10}$/.test(text)) throw refusals.invalidArgument(`${name} is not a number.`);
  return Math.min(most, Number(text));
}
