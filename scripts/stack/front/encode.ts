import type { Fetcher } from "@cloudflare/workers-types";
import type { Asset, AssetManifest } from "./assets.ts";

/** In the order in which they are preferred. */
const ENCODINGS = ["br", "gzip"];

type Answering = (request: Request, answer: Response) => Promise<Response>;

/**
 * Sends static files in the smallest form that a client takes, as Cloudflare's edge does. They are known by their ETags,
 * whichever address they were asked for under; other answers stay as they are.
 */
export function createEncoder(manifest: AssetManifest, files: Fetcher): Answering {
  const open = files.fetch.bind(files) as unknown as typeof fetch;
  const byTag = new Map(
    Object.values(manifest).flatMap((asset) =>
      asset.encoded ? [[asset.headers.ETag ?? "", asset.encoded] as const] : [],
    ),
  );

  return async (request, answer) => {
    const tag = answer.headers.get("ETag");
    const forms = tag === null ? undefined : byTag.get(tag);
    if (!forms) return answer;
    const headers = new Headers(answer.headers);
    headers.append("Vary", "Accept-Encoding");
    const encoding = chosen(request.headers.get("Accept-Encoding") ?? "", forms);
    const form = answer.status === 200 && encoding !== undefined ? forms[encoding] : undefined;
    if (!form || encoding === undefined) {
      return new Response(answer.body, { status: answer.status, headers });
    }
    headers.set("Content-Encoding", encoding);
    headers.set("Content-Length", String(form.size));
    // The other form has the strong one.
    headers.set("ETag", `W/${tag}`);
    await answer.body?.cancel();
    const body = request.method === "HEAD" ? null : (await open(`http://assets/${form.file}`)).body;
    return new Response(body, { status: 200, headers, encodeBody: "manual" } as ResponseInit);
  };
}

/** The first of our encodings that a client says it takes. */
function chosen(accepted: string, forms: NonNullable<Asset["encoded"]>): string | undefined {
  const parts = accepted
    .toLowerCase()
    .split(",")
    .map((part) => part.trim().split(/\s*;\s*q\s*=\s*/));
  const taken = new Set(
    parts.filter(([, quality]) => quality === undefined || Number(quality) > 0).map(([name]) => name),
  );
  return ENCODINGS.find((encoding) => encoding in forms && taken.has(encoding));
}
