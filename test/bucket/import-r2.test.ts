import { createHash } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HeadObjectCommand } from "@aws-sdk/client-s3";
import { Miniflare } from "miniflare";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { startBucket } from "../../scripts/bucket/bucket.ts";
import { importR2 } from "../../scripts/bucket/import-r2.ts";
import { connect, filled } from "./client.ts";

const PART = 5 * 1024 ** 2;
const access = {
  bucket: "packages",
  region: "auto",
  accessKeyId: "embedded",
  secretAccessKey: "embedded-secret",
};
const multipart = [filled(PART, "a"), filled(PART, "b"), filled(10, "c")];
const bucketId = "secret-id";

let written: string;
let folder: string;
let etags: Record<string, string | undefined>;

/** A store that Miniflare wrote, with what can be in one. */
beforeAll(async () => {
  written = await mkdtemp(join(tmpdir(), "slipway-r2-"));
  // Set by the shared stack that the other tests run on, for its own workerd.
  delete process.env.MINIFLARE_WORKERD_PATH;
  const miniflare = new Miniflare({
    modules: true,
    script: "export default { fetch: () => new Response(null) }",
    host: "127.0.0.1",
    port: 0,
    r2Persist: written,
    r2Buckets: { BUCKET: { id: bucketId, s3Credentials: access } },
  });
  const { origin } = await miniflare.ready;
  const old = connect({ ...access, bucket: bucketId, endpoint: `${origin}/cdn-cgi/local/r2/s3` });
  const { ETag: single } = await old.put("objects/a b+é", "hello", {
    ContentType: "application/zip",
    ContentDisposition: 'attachment; filename="a.zip"',
    CacheControl: "no-cache",
    Metadata: { own: "value" },
  });
  await old.put("empty", "");
  const upload = await old.begin("objects/multipart");
  const parts = [];
  for (const [index, body] of multipart.entries()) parts.push(await old.part(upload, index + 1, body));
  const { ETag: several } = await old.complete(upload, parts);
  await old.part(await old.begin("open"), 1, filled(100, "x"));
  etags = { single, several };
  await miniflare.dispose();
}, 60_000);
afterAll(() => rm(written, { recursive: true, force: true }));

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "slipway-import-"));
  await cp(written, join(folder, "old"), { recursive: true });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const run = () => importR2({ from: join(folder, "old"), bucketId, to: join(folder, "new"), durable: false });

async function expectAllThere() {
  const running = await startBucket({
    ...access,
    folder: join(folder, "new"),
    listen: { port: 0 },
    durable: false,
  });
  try {
    const s3 = connect({ ...access, endpoint: running.endpoint });
    expect(running.snapshot().objects.map(({ key }) => key)).toEqual([
      "empty",
      "objects/a b+é",
      "objects/multipart",
    ]);
    expect(running.snapshot().uploads).toEqual([]);
    expect(await s3.text("objects/a b+é")).toBe("hello");
    expect(await s3.text("empty")).toBe("");
    const text = await s3.text("objects/multipart");
    const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
    expect(sha256(Buffer.from(text, "latin1"))).toBe(sha256(Buffer.concat(multipart)));
    const head = (Key: string) => s3.client.send(new HeadObjectCommand({ Bucket: access.bucket, Key }));
    const single = await head("objects/a b+é");
    expect(single).toMatchObject({
      ETag: etags.single,
      ContentType: "application/zip",
      ContentDisposition: 'attachment; filename="a.zip"',
      CacheControl: "no-cache",
      Metadata: { own: "value" },
    });
    expect(Math.abs(Date.now() - (single.LastModified?.getTime() ?? 0))).toBeLessThan(3600_000);
    expect(await head("objects/multipart")).toMatchObject({ ETag: etags.several });
  } finally {
    await running.stop();
  }
}

test("everything that was finished is taken, and the old store is gone", async () => {
  expect(await run()).toBe(3);
  expect(readdirSync(join(folder, "old"))).toEqual([]);
  await expectAllThere();
  expect(await run()).toBe(0);
});

test("a blob becomes the new file without a copy", async () => {
  const blobs = join(folder, "old", bucketId, "blobs");
  const kept = join(folder, "kept");
  mkdirSync(kept);
  for (const name of readdirSync(blobs)) linkSync(join(blobs, name), join(kept, name));
  await run();
  const hello = readdirSync(kept).find((name) => readFileSync(join(kept, name), "latin1") === "hello") ?? "";
  expect(statSync(join(kept, hello)).nlink).toBe(2);
});

test("a run that fails leaves the old store, and the next one finishes it", async () => {
  const blobs = join(folder, "old", bucketId, "blobs");
  const lost = readdirSync(blobs).find((name) => readFileSync(join(blobs, name)).includes("ccccc")) ?? "";
  linkSync(join(blobs, lost), join(folder, "aside"));
  rmSync(join(blobs, lost));
  await expect(run()).rejects.toThrow("ENOENT");
  expect(existsSync(join(folder, "old", "miniflare-R2BucketObject"))).toBe(true);
  linkSync(join(folder, "aside"), join(blobs, lost));
  expect(await run()).toBe(1);
  await expectAllThere();
});

test("where there was no old store, nothing is made", async () => {
  await rm(join(folder, "old"), { recursive: true });
  expect(await run()).toBe(0);
  expect(existsSync(join(folder, "new"))).toBe(false);
});
