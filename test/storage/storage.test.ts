import { Miniflare } from "miniflare";
import { createS3Storage } from "../../functions/storage/s3.ts";
import { startTestBucket } from "../support/bucket.ts";
import { PART_BYTES, SINGLE_COPY_BYTES, storageContract } from "../support/storage-suite.ts";

const copyLimits = { singleBytes: SINGLE_COPY_BYTES, partBytes: PART_BYTES };

storageContract("the bucket of npm start", async () => {
  const bucket = await startTestBucket({ maxCopyBytes: SINGLE_COPY_BYTES });
  return {
    storageAt: (clock) => createS3Storage({ ...bucket, forcePathStyle: true, copyLimits, clock }),
    capabilities: { checksSha256: true, overridesPresentation: true, unequalParts: "invalid" },
    stop: () => bucket.stop(),
  };
});

storageContract("Miniflare's S3 endpoint", async () => {
  const credentials = { accessKeyId: "embedded", secretAccessKey: "embedded-secret" };
  const miniflare = new Miniflare({
    modules: true,
    script: "export default { fetch: () => new Response(null) }",
    host: "127.0.0.1",
    port: 0,
    r2Buckets: { BUCKET: { id: "packages", s3Credentials: credentials } },
  });
  const { origin } = await miniflare.ready;
  const store = {
    endpoint: `${origin}/cdn-cgi/local/r2/s3`,
    region: "auto",
    bucket: "packages",
    ...credentials,
  };
  return {
    storageAt: (clock) => createS3Storage({ ...store, forcePathStyle: true, copyLimits, clock }),
    capabilities: { checksSha256: false, overridesPresentation: false, unequalParts: "not-found" },
    stop: () => miniflare.dispose(),
  };
});
