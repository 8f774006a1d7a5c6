import { getBucketCors } from "./cors.ts";
import { listObjects } from "./listing.ts";
import * as multipart from "./multipart.ts";
import * as objects from "./objects.ts";
import type { State } from "./state.ts";
import { notImplemented, type Answer, type Call } from "./wire.ts";

/** S3's own names of what the fake can do. */
export const operations = {
  AbortMultipartUpload: multipart.abortMultipartUpload,
  CompleteMultipartUpload: multipart.completeMultipartUpload,
  CopyObject: objects.copyObject,
  CreateMultipartUpload: multipart.createMultipartUpload,
  DeleteObject: objects.deleteObject,
  DeleteObjects: objects.deleteObjects,
  GetBucketCors: getBucketCors,
  GetObject: objects.getObject,
  HeadObject: objects.getObject,
  ListMultipartUploads: multipart.listMultipartUploads,
  ListObjectsV2: listObjects,
  ListParts: multipart.listParts,
  PutObject: objects.putObject,
  UploadPart: multipart.uploadPart,
  UploadPartCopy: multipart.uploadPartCopy,
} satisfies Record<string, (state: State, call: Call, body: Buffer) => Answer>;

export type Operation = keyof typeof operations;

export function operationOf({ method, key, query, headers }: Call): Operation {
  const copies = headers["x-amz-copy-source"] !== undefined;
  const inUpload = query.has("uploadId");
  const onObject: Record<string, Operation | undefined> = {
    DELETE: inUpload ? "AbortMultipartUpload" : "DeleteObject",
    GET: inUpload ? "ListParts" : "GetObject",
    HEAD: "HeadObject",
    POST: inUpload ? "CompleteMultipartUpload" : query.has("uploads") ? "CreateMultipartUpload" : undefined,
    PUT: inUpload ? (copies ? "UploadPartCopy" : "UploadPart") : copies ? "CopyObject" : "PutObject",
  };
  const operation = key === "" ? onBucket(method, query) : onObject[method];
  if (operation === undefined) throw notImplemented("This operation");
  return operation;
}

function onBucket(method: string, query: Map<string, string>): Operation | undefined {
  if (method === "POST" && query.has("delete")) return "DeleteObjects";
  if (method !== "GET") return undefined;
  if (query.has("cors")) return "GetBucketCors";
  if (query.has("uploads")) return "ListMultipartUploads";
  return query.get("list-type") === "2" ? "ListObjectsV2" : undefined;
}
