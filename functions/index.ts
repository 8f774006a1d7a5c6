import type { ExecutionContext, Fetcher, RateLimit, ScheduledController } from "@cloudflare/workers-types";
import type { Hono } from "hono";
import { createApp } from "./app.ts";
import { systemContext } from "./core/context.ts";
import type { AppEnv } from "./core/http/request.ts";
import { createDeps, type Deps, type EdgeCache, type EdgePlatform } from "./core/deps.ts";
import { readConfig } from "./declarations.ts";
import { AppError } from "./core/errors.ts";
import sha1 from "./kit/hash/sha1.wasm";
import sha256 from "./kit/hash/sha256.wasm";
import sha512 from "./kit/hash/sha512.wasm";
import { runCron } from "./crons.ts";

type Env = Record<string, unknown> & {
  ASSETS: Fetcher;
  QUERY_LIMITER?: RateLimit;
  /** What the stack of `npm start` provides in place of Cloudflare's edge; see scripts/stack/front/front.ts. */
  PLATFORM?: EdgePlatform;
};

let isolate: { deps: Deps; app: Hono<AppEnv> } | undefined;

function open(env: Env) {
  if (isolate) return isolate;
  const deps = createDeps(readConfig(env), {
    hashModules: { sha1, sha256, sha512 },
    queryLimiter: env.QUERY_LIMITER,
    assets: (request) => fetchAsset(env.ASSETS, request),
    ...(env.PLATFORM ?? cloudflare()),
  });
  isolate = { deps, app: createApp(deps) };
  return isolate;
}

const cloudflare = (): EdgePlatform => ({
  clientAddress: (request) => request.headers.get("CF-Connecting-IP") ?? "unknown",
  edgeCache: (globalThis as unknown as { caches: { default: EdgeCache } }).caches.default,
});

/** A static file as a response whose headers may still be changed. @throws AppError NOT_FOUND. */
async function fetchAsset(assets: Fetcher, { url, method, headers }: Request): Promise<Response> {
  const known = headers.get("If-None-Match");
  const found = await assets.fetch(url, { method, headers: known ? { "If-None-Match": known } : {} });
  if (found.status === 404) throw new AppError("NOT_FOUND");
  return new Response(found.body as unknown as BodyInit, found as unknown as ResponseInit);
}

export default {
  fetch: (request: Request, env: Env, execution: ExecutionContext) =>
    open(env).app.fetch(request, env, execution),
  async scheduled(event: ScheduledController, env: Env, execution: ExecutionContext) {
    const { deps } = open(env);
    await runCron(
      event.cron,
      systemContext(deps, (work) => execution.waitUntil(work)),
    );
  },
};
