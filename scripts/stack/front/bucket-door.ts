import type { Fetcher } from "@cloudflare/workers-types";

/** Asks the bucket's process not to send an object's bytes but to name the file; says which, and how many bytes. */
const FILE = "x-slipway-file";
const LENGTH = "x-slipway-length";

/**
 * The way to the embedded bucket: its process checks the signature, keeps what is put and answers for everything, but the
 * bytes of a download come from the disk straight through workerd, at several times the speed.
 */
export function createBucketDoor(bucket: Fetcher, files: Fetcher): (request: Request) => Promise<Response> {
  const ask = bucket.fetch.bind(bucket) as unknown as typeof fetch;
  const open = files.fetch.bind(files) as unknown as typeof fetch;

  return async (request) => {
    if (request.method !== "GET") return ask(withHeader(request, null), { redirect: "manual" });
    const answer = await ask(withHeader(request, "accept"), { redirect: "manual" });
    const file = answer.headers.get(FILE);
    if (file === null) return answer;
    const headers = new Headers(answer.headers);
    headers.set("Content-Length", headers.get(LENGTH) ?? "0");
    headers.delete(FILE);
    headers.delete(LENGTH);
    const range = /^bytes (\d+-\d+)\//.exec(headers.get("Content-Range") ?? "")?.[1];
    const bytes = await open(`http://objects/${file}`, range ? { headers: { Range: `bytes=${range}` } } : {});
    // Deleted between the two: as if it had been asked for a moment later.
    if (bytes.status !== (range ? 206 : 200)) return ask(withHeader(request, null), { redirect: "manual" });
    return new Response(bytes.body, { status: answer.status, headers, encodeBody: "manual" } as ResponseInit);
  };
}

function withHeader(request: Request, value: string | null): Request {
  const headers = new Headers(request.headers);
  headers.delete(FILE);
  if (value !== null) headers.set(FILE, value);
  return new Request(request, { headers });
}
