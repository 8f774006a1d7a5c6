import type { Fetcher } from "@cloudflare/workers-types";

/** A static file, with the headers that Cloudflare would give it, and its compressed forms by their encodings. */
export type Asset = {
  file: string;
  headers: Record<string, string>;
  encoded?: Record<string, { file: string; size: number }> | undefined;
};

/** Each path that has a static file. */
export type AssetManifest = Record<string, Asset>;

/**
 * Serves static files as Cloudflare's assets do: 404 without a body where there is none, 304 for an ETag that the client
 * has.
 */
export function createAssets(manifest: AssetManifest, files: Fetcher) {
  const open = files.fetch.bind(files) as unknown as typeof fetch;

  return async (url: string, init: RequestInit = {}): Promise<Response> => {
    const asset = manifest[new URL(url).pathname];
    if (!asset) return new Response(null, { status: 404 });
    const known = new Headers(init.headers).get("If-None-Match") ?? "";
    const tags = known.split(",").map((tag) => tag.trim().replace(/^W\//, ""));
    if (tags.includes(asset.headers.ETag ?? "")) {
      return new Response(null, { status: 304, headers: asset.headers });
    }
    const { body } = await open(`http://assets/${asset.file}`);
    return new Response(init.method === "HEAD" ? null : body, { headers: asset.headers });
  };
}
