/** Where clients reach the embedded bucket: the S3 API, path-style. */
export const BUCKET_PATH = "/s3";

/**
 * The host for which signatures of the embedded bucket's URLs are made, whatever name a client reaches the server by. Nobody
 * resolves it: the Worker's own requests go through a binding, and clients' requests go to the address that they asked.
 */
export const BUCKET_HOST = "bucket.internal";

/** Whether a request is for the bucket. Every request is asked this, so the URL is not parsed. */
export function isBucketUrl(url: string): boolean {
  const path = url.indexOf("/", "https://".length);
  if (!url.startsWith(BUCKET_PATH, path)) return false;
  const next = url[path + BUCKET_PATH.length];
  return next === undefined || next === "/" || next === "?";
}
