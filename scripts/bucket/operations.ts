import type { Body } from "./body/body.ts";
import type { Answer } from "./http/answer.ts";
import type { Call } from "./http/call.ts";
import type { Bucket } from "./bucket-state.ts";
import type { Operation } from "./operation.ts";
import * as configuration from "./operations/configuration.ts";
import { copyObject } from "./operations/copy.ts";
import { deleteObject, deleteObjects } from "./operations/delete.ts";
import { getObject } from "./operations/get.ts";
import {
  listBuckets,
  listMultipartUploads,
  listObjects,
  listObjectsV2,
  listParts,
} from "./operations/list.ts";
import * as multipart from "./operations/multipart.ts";
import { uploadPart, uploadPartCopy } from "./operations/parts.ts";
import { putObject } from "./operations/put.ts";

type Handler = (bucket: Bucket, call: Call, body: () => Body) => Answer | Promise<Answer>;

/** How each is done. */
export const operations: Readonly<Record<Operation, Handler>> = {
  AbortMultipartUpload: multipart.abortMultipartUpload,
  CompleteMultipartUpload: multipart.completeMultipartUpload,
  CopyObject: copyObject,
  CreateBucket: configuration.createBucket,
  CreateMultipartUpload: multipart.createMultipartUpload,
  DeleteBucketCors: configuration.deleteBucketCors,
  DeleteObject: deleteObject,
  DeleteObjects: deleteObjects,
  GetAcl: configuration.getAcl,
  GetBucketConfiguration: configuration.getMissing,
  GetBucketCors: configuration.getBucketCors,
  GetBucketLocation: configuration.getBucketLocation,
  GetBucketRequestPayment: configuration.getBucketRequestPayment,
  GetBucketVersioning: configuration.getBucketVersioning,
  GetObject: getObject,
  GetObjectTagging: configuration.getObjectTagging,
  HeadBucket: () => ({ status: 200 }),
  HeadObject: getObject,
  ListBuckets: listBuckets,
  ListMultipartUploads: listMultipartUploads,
  ListObjects: listObjects,
  ListObjectsV2: listObjectsV2,
  ListParts: listParts,
  PutBucketCors: configuration.putBucketCors,
  PutObject: putObject,
  UploadPart: uploadPart,
  UploadPartCopy: uploadPartCopy,
};
