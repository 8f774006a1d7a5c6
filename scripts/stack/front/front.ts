import type { ExecutionContext, Fetcher } from "@cloudflare/workers-types";
import { createAssets, type AssetManifest } from "./assets.ts";
import { createBucketDoor } from "./bucket-door.ts";
import { createClientAddress } from "./client-address.ts";
import { createControl } from "./control.ts";
import { settleBody } from "./drain.ts";
import { createEncoder } from "./encode.ts";
import { createGate } from "./gate.ts";
import { isBucketUrl } from "./paths.ts";

/** What the generated configuration gives to the stack's own modules, beside the Worker's variables. */
type FrontEnv = Record<string, unknown> & {
  /** The bucket's process; absent where S3_ENDPOINT names a bucket elsewhere. */
  BUCKET_PROCESS?: Fetcher;
  /** The folder in which the bucket keeps objects. */
  OBJECT_FILES?: Fetcher;
  ASSET_FILES: Fetcher;
  TRUSTED_PROXY?: string;
  TRUSTED_PROXY_HEADER?: string;
};

/** The deployed Worker, as its bundle exports it. */
export type Bundle = {
  fetch: (request: Request, env: unknown, execution: ExecutionContext) => Promise<Response> | Response;
  scheduled: (
    event: { cron: string; scheduledTime: number; noRetry: () => void },
    env: unknown,
    execution: ExecutionContext,
  ) => Promise<void>;
};

/**
 * Stands before the bundle in the same isolate, and does for it what Cloudflare's edge does elsewhere. It provides static
 * files, which it sends compressed, the bucket and the address that a request really came from; it gets refusals to clients
 * that are still sending; and it lets the stack stop without losing what the Worker holds in memory.
 */
export function createFront(bundle: Bundle, manifest: AssetManifest) {
  const gate = createGate();
  let bound: ReturnType<typeof bind> | undefined;

  function bind(env: FrontEnv) {
    const { BUCKET_PROCESS, OBJECT_FILES, ASSET_FILES, TRUSTED_PROXY, TRUSTED_PROXY_HEADER, ...variables } =
      env;
    const door = BUCKET_PROCESS && OBJECT_FILES ? createBucketDoor(BUCKET_PROCESS, OBJECT_FILES) : undefined;
    return {
      door,
      encode: createEncoder(manifest, ASSET_FILES),
      env: {
        ...variables,
        ASSETS: { fetch: createAssets(manifest, ASSET_FILES) },
        PLATFORM: {
          clientAddress: createClientAddress(TRUSTED_PROXY, TRUSTED_PROXY_HEADER),
          bucket: door?.fetch,
        },
      },
    };
  }

  const main = {
    async fetch(request: Request, env: FrontEnv, execution: ExecutionContext): Promise<Response> {
      if (gate.closed) return gate.refusal();
      bound ??= bind(env);
      gate.enter();
      try {
        if (bound.door && isBucketUrl(request.url)) return await bound.door.forward(request);
        const answer = await bound.encode(request, await bundle.fetch(request, bound.env, execution));
        return request.body === null ? answer : await settleBody(request, answer, execution);
      } finally {
        gate.leave();
      }
    },
  };

  const control = createControl(gate, (cron, env, execution) => {
    bound ??= bind(env as FrontEnv);
    const event = { cron, scheduledTime: Date.now(), noRetry: () => {} };
    return bundle.scheduled(event, bound.env, execution);
  });

  return { main, control };
}
