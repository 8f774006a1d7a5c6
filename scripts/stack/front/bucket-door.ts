import type { Fetcher } from "@cloudflare/workers-types";

/**
 * Asks the bucket's process to name the file of an object in place of its bytes. The answer says which file, and how many
 * bytes.
 */
const FILE = "x-slipway-file";
const LENGTH = "x-slipway-length";
/** Tells the bucket's process that nobody needs the MD5 of what the Worker puts. */
const ETAG = "x-slipway-etag";

export type BucketDoor = {
  /** Passes on what a client asks. */
  forward: (request: Request) => Promise<Response>;
  /** Asks on the Worker's own behalf. */
  fetch: (url: string, init: RequestInit) => Promise<Response>;
};

type Ask = (headers: Headers) => Promise<Response>;

/**
 * The way to the embedded bucket. The bucket's process checks signatures, stores what is put and answers everything, except
 * that workerd reads the bytes of downloads from the disk itself, at several times the speed.
 */
export function createBucketDoor(bucket: Fetcher, files: Fetcher): BucketDoor {
  const ask = bucket.fetch.bind(bucket) as unknown as typeof fetch;
  const open = files.fetch.bind(files) as unknown as typeof fetch;

  async function get(send: Ask, given: Headers): Promise<Response> {
    const answer = await send(withFile(given, "accept"));
    const file = answer.headers.get(FILE);
    if (file === null) return answer;
    const headers = new Headers(answer.headers);
    headers.set("Content-Length", headers.get(LENGTH) ?? "0");
    headers.delete(FILE);
    headers.delete(LENGTH);
    const range = /^bytes (\d+-\d+)\//.exec(headers.get("Content-Range") ?? "")?.[1];
    const bytes = await open(`http://objects/${file}`, range ? { headers: { Range: `bytes=${range}` } } : {});
    // The object was deleted between the two steps: the answer is what it would have been a moment later.
    if (bytes.status !== (range ? 206 : 200)) return send(withFile(given, null));
    return new Response(bytes.body, { status: answer.status, headers, encodeBody: "manual" } as ResponseInit);
  }

  return {
    async forward(request) {
      const send: Ask = (headers) => ask(new Request(request, { headers }), { redirect: "manual" });
      try {
        return await (request.method === "GET"
          ? get(send, request.headers)
          : send(withFile(request.headers, null)));
      } catch {
        return away();
      }
    },
    fetch(url, init) {
      const isGet = (init.method ?? "GET") === "GET";
      const headers = new Headers(init.headers);
      if (isGet) return get((given) => ask(url, { ...init, headers: given }), headers);
      headers.set(ETAG, "any");
      return ask(url, { ...init, headers });
    },
  };
}

/** The answer to a client while the bucket's process is not there: it died, and is being started again. */
const away = () =>
  new Response(
    '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>ServiceUnavailable</Code><Message>The bucket is being started again. Please try again.</Message></Error>',
    { status: 503, headers: { "Content-Type": "application/xml", "Retry-After": "1" } },
  );

function withFile(given: Headers, value: string | null): Headers {
  const headers = new Headers(given);
  headers.delete(FILE);
  if (value !== null) headers.set(FILE, value);
  return headers;
}
