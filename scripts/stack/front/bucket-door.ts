import type { Fetcher } from "@cloudflare/workers-types";

/** Asks the bucket's process not to send an object's bytes but to name the file; says which, and how many bytes. */
const FILE = "x-slipway-file";
const LENGTH = "x-slipway-length";
/** Frees the bucket's process from the MD5 of what the Worker puts, which nobody compares. */
const ETAG = "x-slipway-etag";

export type BucketDoor = {
  /** Passes on what a client asks. */
  forward: (request: Request) => Promise<Response>;
  /** Asks on the Worker's own behalf. */
  fetch: (url: string, init: RequestInit) => Promise<Response>;
};

type Ask = (headers: Headers) => Promise<Response>;

/**
 * The way to the embedded bucket: its process checks the signature, keeps what is put and answers for everything, but the
 * bytes of a download come from the disk straight through workerd, at several times the speed.
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
    // Deleted between the two: as if it had been asked for a moment later.
    if (bytes.status !== (range ? 206 : 200)) return send(withFile(given, null));
    return new Response(bytes.body, { status: answer.status, headers, encodeBody: "manual" } as ResponseInit);
  }

  return {
    forward(request) {
      const send: Ask = (headers) => ask(new Request(request, { headers }), { redirect: "manual" });
      return request.method === "GET" ? get(send, request.headers) : send(withFile(request.headers, null));
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

function withFile(given: Headers, value: string | null): Headers {
  const headers = new Headers(given);
  headers.delete(FILE);
  if (value !== null) headers.set(FILE, value);
  return headers;
}
