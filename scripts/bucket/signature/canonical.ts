import { header, type Call } from "../http/call.ts";
import type { Claim } from "./claim.ts";

/**
 * The text that a request's signature covers, for a client that called this server `host`. Headers are bytes of Latin-1, as
 * Node reads them.
 */
export function canonicalRequest(call: Call, { signedHeaders, payload }: Claim, host: string): string {
  const path = call.rawPath
    .split("/")
    .map((segment) => encode(decodeURIComponent(segment)))
    .join("/");
  const query = call.pairs
    .filter(([name]) => name !== "X-Amz-Signature")
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .toSorted(([a, one], [b, other]) => compare(a, b) || compare(one, other))
    .map((pair) => pair.join("="))
    .join("&");
  const headers = signedHeaders.map((name) => {
    const value = name === "host" ? host : (header(call, name) ?? "");
    return `${name}:${value.trim().replace(/ +/g, " ")}\n`;
  });
  return [call.method, path, query, headers.join(""), signedHeaders.join(";"), payload].join("\n");
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
