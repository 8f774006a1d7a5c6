import { header, type Call } from "./call.ts";

/** The headers that are kept with an object and given back, by name. */
export type Metadata = Record<string, string>;

const KEPT = [
  "content-type",
  "content-disposition",
  "cache-control",
  "content-encoding",
  "content-language",
  "expires",
];
const OWN = "x-amz-meta-";

/** What a request says of the object that it makes. A signed query may also say it, for the caller's own fields. */
export function metadataOf(call: Call): Metadata {
  const kept = KEPT.map((name) => [name, header(call, name)] as const);
  const headers = Object.keys(call.headers).filter((name) => name.startsWith(OWN));
  const queried = call.pairs.filter(([name]) => name.toLowerCase().startsWith(OWN));
  const found = Object.fromEntries([
    ...queried.map(([name, value]) => [name.toLowerCase(), value] as const),
    ...kept,
    ...headers.map((name) => [name, header(call, name)] as const),
  ]);
  // `aws-chunked` is the encoding of the transfer, not of the object.
  const encoding = found["content-encoding"]?.replace(/(^|,\s*)aws-chunked\s*(,\s*|$)/, "");
  const metadata = { ...found, "content-encoding": encoding || undefined };
  return Object.fromEntries(
    Object.entries(metadata).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
}
