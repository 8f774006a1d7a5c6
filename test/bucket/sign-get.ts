import { createHash, createHmac } from "node:crypto";
import type { TestBucket } from "../support/bucket.ts";

/** A signed URL for a GET of any path and query, for what the SDK has no command for. */
export function signGet(bucket: TestBucket, path: string): string {
  const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();
  const date = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
  const scope = `${date.slice(0, 8)}/${bucket.region}/s3/aws4_request`;
  const url = new URL(`${bucket.endpoint}${path}`);
  url.searchParams.set("X-Amz-Algorithm", "AWS4-HMAC-SHA256");
  url.searchParams.set("X-Amz-Credential", `${bucket.accessKeyId}/${scope}`);
  url.searchParams.set("X-Amz-Date", date);
  url.searchParams.set("X-Amz-Expires", "60");
  url.searchParams.set("X-Amz-SignedHeaders", "host");
  url.searchParams.sort();
  const query = url.searchParams.toString();
  const canonical = ["GET", url.pathname, query, `host:${url.host}\n`, "host", "UNSIGNED-PAYLOAD"].join("\n");
  const hash = createHash("sha256").update(canonical).digest("hex");
  const key = scope.split("/").reduce<string | Buffer>(hmac, `AWS4${bucket.secretAccessKey}`) as Buffer;
  const signature = hmac(key, ["AWS4-HMAC-SHA256", date, scope, hash].join("\n")).toString("hex");
  return `${url.origin}${url.pathname}?${query}&X-Amz-Signature=${signature}`;
}
