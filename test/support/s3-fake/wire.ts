import type { IncomingHttpHeaders, IncomingMessage } from "node:http";

/** One request as the fake works with it: path decoded, body not yet read. */
export type Call = {
  method: string;
  /** As on the wire, still encoded; signatures are over these. */
  rawPath: string;
  rawQuery: string;
  bucket: string;
  key: string;
  query: Map<string, string>;
  headers: IncomingHttpHeaders;
};

export type Answer = { status: number; headers?: Record<string, string>; body?: string | Buffer };

/** An S3 error answer. `details` become elements beside Code and Message. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: Record<string, string>;
  constructor(status: number, code: string, message: string, details: Record<string, string> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

export const noSuchKey = () => new Refusal(404, "NoSuchKey", "The specified key does not exist.");
export const noSuchUpload = () => new Refusal(404, "NoSuchUpload", "The upload is unknown, done or aborted.");
export const preconditionFailed = () =>
  new Refusal(412, "PreconditionFailed", "A precondition did not hold.");
export const notImplemented = (what: string) =>
  new Refusal(501, "NotImplemented", `${what} is not implemented.`);

/** Path-style: the first segment is the bucket. */
export function parseCall(request: IncomingMessage): Call {
  const [rawPath = "/", rawQuery = ""] = (request.url ?? "/").split("?", 2);
  const [, bucket = "", ...rest] = rawPath.split("/");
  const pairs = rawQuery === "" ? [] : rawQuery.split("&");
  return {
    method: request.method ?? "GET",
    rawPath,
    rawQuery,
    bucket: decodeURIComponent(bucket),
    key: rest.map(decodeURIComponent).join("/"),
    query: new Map(pairs.map((pair) => splitPair(pair))),
    headers: request.headers,
  };
}

function splitPair(pair: string): [string, string] {
  const [name = "", value = ""] = pair.split("=", 2);
  return [decodeURIComponent(name), decodeURIComponent(value)];
}

export function header(call: Call, name: string): string | undefined {
  const value = call.headers[name];
  return Array.isArray(value) ? value.join(",") : value;
}

/** The whole body; refuses one without a declared length, as stores do. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  if (request.method === "PUT" && request.headers["content-length"] === undefined) {
    throw new Refusal(411, "MissingContentLength", "You must provide the Content-Length HTTP header.");
  }
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
