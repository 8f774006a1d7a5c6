import { MISSING } from "./operations/configuration.ts";
import type { Call } from "./http/call.ts";
import { refusals } from "./http/refusal.ts";
import type { Operation } from "./operation.ts";

/**
 * Names in a query that turn a request into another operation. A request with one that is not known must not pass for a
 * plain one.
 */
const SUBRESOURCES = new Set([
  ...Object.keys(MISSING),
  "accelerate",
  "acl",
  "analytics",
  "attributes",
  "cors",
  "delete",
  "intelligent-tiering",
  "inventory",
  "legal-hold",
  "location",
  "logging",
  "metrics",
  "notification",
  "partNumber",
  "requestPayment",
  "restore",
  "retention",
  "select",
  "tagging",
  "torrent",
  "uploadId",
  "uploads",
  "versionId",
  "versioning",
  "versions",
]);

const ON_OBJECT: Record<string, Operation> = {
  "DELETE ": "DeleteObject",
  "DELETE uploadId": "AbortMultipartUpload",
  "GET ": "GetObject",
  "GET acl": "GetAcl",
  "GET tagging": "GetObjectTagging",
  "GET uploadId": "ListParts",
  "HEAD ": "HeadObject",
  "POST uploadId": "CompleteMultipartUpload",
  "POST uploads": "CreateMultipartUpload",
  "PUT ": "PutObject",
  "PUT partNumber&uploadId": "UploadPart",
};

const COPIES: Partial<Record<Operation, Operation>> = {
  PutObject: "CopyObject",
  UploadPart: "UploadPartCopy",
};

const ON_BUCKET: Record<string, Operation> = {
  "DELETE cors": "DeleteBucketCors",
  "GET ": "ListObjects",
  "GET acl": "GetAcl",
  "GET cors": "GetBucketCors",
  "GET location": "GetBucketLocation",
  "GET requestPayment": "GetBucketRequestPayment",
  "GET uploads": "ListMultipartUploads",
  "GET versioning": "GetBucketVersioning",
  "HEAD ": "HeadBucket",
  "POST delete": "DeleteObjects",
  "PUT ": "CreateBucket",
  "PUT cors": "PutBucketCors",
};

/** The operation that a request asks for. Refuses those that are not supported. */
export function operationOf({ method, bucket, key, query, headers }: Call): Operation {
  const names = [...query.keys()].filter((name) => SUBRESOURCES.has(name));
  // The one version that an object without versions has.
  const asked = names.filter((name) => name !== "versionId" || query.get(name) !== "null").toSorted();
  const wanted = `${method} ${asked.join("&")}`;
  const copies = headers["x-amz-copy-source"] !== undefined;
  const operation =
    bucket === "" ? onService(wanted) : key === "" ? onBucket(wanted, query) : ON_OBJECT[wanted];
  const found = copies && operation ? COPIES[operation] : operation;
  if (found === undefined) throw refusals.notImplemented("This operation");
  return found;
}

const onService = (wanted: string): Operation | undefined => (wanted === "GET " ? "ListBuckets" : undefined);

function onBucket(wanted: string, query: Map<string, string>): Operation | undefined {
  if (wanted === "GET " && query.get("list-type") === "2") return "ListObjectsV2";
  const [method, name = ""] = wanted.split(" ");
  return method === "GET" && name in MISSING ? "GetBucketConfiguration" : ON_BUCKET[wanted];
}
