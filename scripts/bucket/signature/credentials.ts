import { createHmac } from "node:crypto";

export type Credentials = { accessKeyId: string; secretAccessKey: string; region: string };

export const ALGORITHM = "AWS4-HMAC-SHA256";

export const hmac = (key: string | Buffer, text: string): Buffer =>
  createHmac("sha256", key).update(text, "latin1").digest();

/** The signing key of one day and region: a chain of HMACs over the secret. */
export function signingKey({ secretAccessKey, region }: Credentials, day: string): Buffer {
  return [day, region, "s3", "aws4_request"].reduce<Buffer>(
    (key, part) => hmac(key, part),
    Buffer.from(`AWS4${secretAccessKey}`),
  );
}
