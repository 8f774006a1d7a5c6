import type { Context } from "hono";
import type { Config } from "../core/env.ts";
import type { AppEnv } from "../core/http/request.ts";

/**
 * Answers with the web console's page, whichever of its views is asked for: the page itself finds out which.
 * @throws AppError NOT_FOUND where the console was not built.
 */
export async function sendConsole(c: Context<AppEnv>): Promise<Response> {
  const { assets, config } = c.var.deps;
  const { method, headers } = c.req.raw;
  const page = await assets(new Request(new URL("/", c.req.url), { method, headers }));
  page.headers.set("Content-Security-Policy", policy(config));
  // No other window gets hold of this one, and nothing of the device is needed.
  page.headers.set("Cross-Origin-Opener-Policy", "same-origin");
  page.headers.set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
  // At the root programs get something else.
  page.headers.set("Vary", "Accept, Accept-Language");
  return page;
}

/** The console uploads straight to the bucket, which may be on another host. */
function policy(config: Config): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    // The component library writes its colours and some positions into style elements.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${["'self'", ...bucketOrigin(config)].join(" ")}`,
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** Where signed URLs lead to, unless that is this server itself. */
function bucketOrigin(config: Config): string[] {
  const endpoint = config.S3_PUBLIC_ENDPOINT ?? config.S3_ENDPOINT;
  if (endpoint.startsWith("/")) return [];
  const url = new URL(endpoint);
  if (!config.S3_FORCE_PATH_STYLE) url.hostname = `${config.S3_BUCKET}.${url.hostname}`;
  return [url.origin];
}
