import { globSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import type { Readable } from "node:stream";
import { Miniflare, type WorkerOptions } from "miniflare";
import { unstable_getMiniflareWorkerOptions } from "wrangler";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { BUNDLE, buildWorker } from "../../scripts/build-worker.ts";
import { freePort } from "../../scripts/process/processes.ts";
import { startTestDatabase } from "../support/domain/database.ts";
import { newBytes, packageForm, sha256Of, type ListedPackage, type Published } from "../support/publish.ts";

/**
 * The bundle as `wrangler dev` and a deployment run it: with wrangler.toml's own bindings (assets, rate limit, cache, crons),
 * Cloudflare's way of saying who asks, and R2 by its S3 endpoint.
 */

const API_KEY = "slw_a-key-for-the-platform-test";
/** More than the binding lets through from one address, even where a minute ends in between. */
const ENOUGH = 400;
const types = { ".js": "ESModule", ".wasm": "CompiledWasm" } as const;

let database: Awaited<ReturnType<typeof startTestDatabase>>;
let platform: Miniflare;
let url: string;

beforeAll(async () => {
  await buildWorker();
  database = await startTestDatabase();
  const credentials = { accessKeyId: "platform", secretAccessKey: "platform-secret" };
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  const { workerOptions } = unstable_getMiniflareWorkerOptions("wrangler.toml");
  const { compatibilityDate, compatibilityFlags, assets, ratelimits } = workerOptions as WorkerOptions;
  platform = new Miniflare({
    host: "127.0.0.1",
    port,
    unsafeTriggerHandlers: true,
    handleRuntimeStdio: (stdout: Readable, stderr: Readable) => {
      stdout.resume();
      stderr.resume();
    },
    name: "slipway",
    compatibilityDate,
    compatibilityFlags,
    assets,
    ratelimits,
    modulesRoot: BUNDLE,
    modules: globSync("*.{js,wasm}", { cwd: BUNDLE }).map((name) => ({
      type: types[extname(name) as keyof typeof types],
      path: join(BUNDLE, name),
      contents: readFileSync(join(BUNDLE, name)),
    })),
    r2Buckets: { BUCKET: { id: "packages", s3Credentials: credentials } },
    bindings: {
      API_KEY,
      JWT_SECRET: "a secret of at least thirty-two characters",
      ADMIN_PASSWORD: "a password",
      LIBSQL_URL: database.url,
      LIBSQL_AUTH_TOKEN: database.authToken,
      S3_ENDPOINT: `${url}/cdn-cgi/local/r2/s3`,
      S3_REGION: "auto",
      S3_BUCKET: "packages",
      S3_ACCESS_KEY_ID: credentials.accessKeyId,
      S3_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      // An isolate asks the binding from a quarter of this on: it refuses before the isolate would.
      QUERIES_PER_MINUTE: "180",
      UPLOADS_PER_HOUR: "1000000",
    },
  });
  await platform.ready;
});

afterAll(async () => {
  await platform?.dispose();
  await database?.stop();
});

const as = (client: string) => ({ headers: { "CF-Connecting-IP": client } });

async function publish(version: string, bytes: Uint8Array<ArrayBuffer>): Promise<Published> {
  const body = packageForm({ version, package_type: "full" }, bytes);
  const answer = await fetch(`${url}/api/v1/upload/package`, {
    method: "POST",
    headers: { "x-api-key": API_KEY },
    body,
  });
  expect(answer.status, await answer.clone().text()).toBe(200);
  return (await answer.json()) as Published;
}

test("publishes, offers, redirects to R2 and counts by cron", async () => {
  const bytes = newBytes(100_000);
  const published = await publish("1.0.0", bytes);
  const check = await fetch(
    `${url}/api/v1/version/check?current_version=0.9.0&platform=windows&arch=x64`,
    as("198.51.100.1"),
  );
  expect(await check.json()).toMatchObject({ has_update: true, latest_version: "1.0.0" });
  const file = await fetch(url + published.download_url, as("198.51.100.1"));
  expect(sha256Of(new Uint8Array(await file.arrayBuffer()))).toBe(sha256Of(bytes));

  const tick = await fetch(`${url}/cdn-cgi/handler/scheduled?cron=${encodeURIComponent("* * * * *")}`);
  expect(await tick.text()).toBe("ok");
  await vi.waitFor(async () => {
    const listed = (await (
      await fetch(`${url}/api/v1/packages`, as("198.51.100.2"))
    ).json()) as ListedPackage[];
    expect(listed[0]?.download_count).toBe(1);
  });
});

test("serves the pages by the assets binding, with the headers of _headers", async () => {
  for (const path of ["/docs", "/redoc", "/openapi.json", "/favicon.svg"]) {
    const page = await fetch(url + path);
    expect(page.status, path).toBe(200);
    expect(page.headers.get("content-security-policy"), path).toContain("default-src 'none'");
    await page.arrayBuffer();
  }
});

test("serves the console at each of its addresses, with its own policy", async () => {
  const root = await (await fetch(url, { headers: { accept: "text/html" } })).text();
  for (const path of ["/console", "/console/account?a=b"]) {
    const page = await fetch(url + path);
    expect([page.status, await page.text()], path).toEqual([200, root]);
    expect(page.headers.get("content-security-policy"), path).toContain("script-src 'self';");
  }
  const script = /src="(\/assets\/[^"]+)"/.exec(root)?.[1] ?? "";
  const loaded = await fetch(url + script);
  expect([loaded.status, loaded.headers.get("cache-control")]).toEqual([
    200,
    "public, max-age=31536000, immutable",
  ]);
  await loaded.arrayBuffer();
});

test("the rate limit binding refuses an address, and no other", async () => {
  const path = "/api/v1/version/check?current_version=1.0.0&platform=windows&arch=x64";
  const ask = async (client: string) => {
    const answer = await fetch(url + path, as(client));
    await answer.arrayBuffer();
    return answer.status;
  };
  let asked = 0;
  while (asked < ENOUGH && (await ask("198.51.100.9")) === 200) asked++;
  expect(asked).toBeLessThan(ENOUGH);
  expect(await ask("198.51.100.9")).toBe(429);
  expect(await ask("198.51.100.10")).toBe(200);
});

test("deep health finds database and bucket", async () => {
  const deep = await fetch(`${url}/health?deep=1`);
  expect(await deep.json()).toMatchObject({ checks: { database: "ok", bucket: "ok" } });
});
