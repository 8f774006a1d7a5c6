import { readdirSync } from "node:fs";
import { join } from "node:path";
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
  type S3ClientConfig,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import type { TestBucket } from "../support/bucket.ts";

type Reached = Pick<TestBucket, "bucket" | "endpoint" | "region" | "accessKeyId" | "secretAccessKey">;

/** The SDK and signed URLs of it, against a bucket under test. */
export function connect(reached: Reached, config: S3ClientConfig = {}) {
  const { bucket: Bucket, endpoint, region, accessKeyId, secretAccessKey } = reached;
  const credentials = { accessKeyId, secretAccessKey };
  const client = new S3Client({
    endpoint,
    region,
    credentials,
    forcePathStyle: true,
    maxAttempts: 1,
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    ...config,
  });
  return {
    client,
    put: (Key: string, Body: string | Uint8Array, other = {}) =>
      client.send(new PutObjectCommand({ Bucket, Key, Body, ...other })),
    async text(Key: string): Promise<string> {
      const found = await client.send(new GetObjectCommand({ Bucket, Key }));
      return (await found.Body?.transformToString("latin1")) ?? "";
    },
    signGet: (Key: string, other = {}) =>
      getSignedUrl(client, new GetObjectCommand({ Bucket, Key, ...other }), { expiresIn: 60 }),
    signPut: (Key: string, other = {}) =>
      getSignedUrl(client, new PutObjectCommand({ Bucket, Key, ...other }), { expiresIn: 60 }),
    async begin(Key: string): Promise<Upload> {
      const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key }));
      return { Bucket, Key, UploadId };
    },
    part: (upload: Upload, PartNumber: number, Body: Uint8Array) =>
      client
        .send(new UploadPartCommand({ ...upload, PartNumber, Body }))
        .then(({ ETag }) => ({ PartNumber, ETag })),
    signPart: (upload: Upload, PartNumber: number) =>
      getSignedUrl(client, new UploadPartCommand({ ...upload, PartNumber }), { expiresIn: 60 }),
    signBegin: (Key: string) =>
      getSignedUrl(client, new CreateMultipartUploadCommand({ Bucket, Key }), { expiresIn: 60 }),
    signComplete: (upload: Upload) =>
      getSignedUrl(client, new CompleteMultipartUploadCommand(upload), { expiresIn: 60 }),
    complete: (upload: Upload, Parts: { PartNumber: number; ETag: string | undefined }[], other = {}) =>
      client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts }, ...other })),
  };
}

export type Upload = { Bucket: string; Key: string; UploadId: string | undefined };
export type Connection = ReturnType<typeof connect>;

/** The code, status and text of an answer that should be an S3 error. */
export async function refusalOf(answer: Response): Promise<string> {
  return `${answer.status} ${/<Code>(.*?)<\/Code>/.exec(await answer.text())?.[1] ?? "none"}`;
}

/** Names of the data files that there are. */
export const dataFiles = ({ folder }: { folder: string }): string[] =>
  readdirSync(join(folder, "objects"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);

export const filled = (size: number, value: number | string) => new Uint8Array(Buffer.alloc(size, value));
