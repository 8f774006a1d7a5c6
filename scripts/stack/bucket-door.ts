/**
 * The entry module that stands before Miniflare's S3 service, for what a bucket elsewhere would do better with signed URLs.
 * This one is on the server's own origin, so clients carry the API's Authorization header along a redirect, and it would
 * refuse that beside a signed query. And downloads get the name and type that their URL asks for.
 */
export const doorModule = `
import s3 from "./index.worker.js";

const PRESENTED = ["content-disposition", "content-type"];

export default {
  async fetch(request, env, ctx) {
    const query = new URL(request.url).searchParams;
    if (!query.has("X-Amz-Signature")) return s3.fetch(request, env, ctx);
    const headers = new Headers(request.headers);
    headers.delete("authorization");
    const answer = await s3.fetch(new Request(request, { headers }), env, ctx);
    if (request.method !== "GET" || !answer.ok) return answer;
    const presented = new Response(answer.body, answer);
    for (const name of PRESENTED) {
      const value = query.get("response-" + name);
      if (value) presented.headers.set(name, value);
    }
    return presented;
  },
};
`;
