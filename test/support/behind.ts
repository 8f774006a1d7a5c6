import { ListObjectsV2Command, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { createClient, type InArgs } from "@libsql/client/http";
import type { TestStack } from "./stack.ts";

/** Behind a stack's interface: its bucket and its database, for what no client can see or hasten. */

function bucketOf(stack: TestStack) {
  const { settings } = stack;
  return new S3Client({
    endpoint: `${stack.url}/s3`,
    region: "auto",
    forcePathStyle: true,
    requestChecksumCalculation: "WHEN_REQUIRED",
    credentials: {
      accessKeyId: settings.S3_ACCESS_KEY_ID ?? "",
      secretAccessKey: settings.S3_SECRET_ACCESS_KEY ?? "",
    },
  });
}

/** The keys in the bucket that begin with `prefix`. */
export async function bucketKeys(stack: TestStack, prefix = ""): Promise<string[]> {
  const client = bucketOf(stack);
  try {
    const list = new ListObjectsV2Command({ Bucket: stack.settings.S3_BUCKET, Prefix: prefix });
    return ((await client.send(list)).Contents ?? []).map((object) => object.Key ?? "");
  } finally {
    client.destroy();
  }
}

/** Puts an object past all checks, as somebody with the bucket's own credentials could. */
export async function putObject(stack: TestStack, key: string, body: Uint8Array): Promise<void> {
  const client = bucketOf(stack);
  try {
    await client.send(new PutObjectCommand({ Bucket: stack.settings.S3_BUCKET, Key: key, Body: body }));
  } finally {
    client.destroy();
  }
}

/** Runs one statement in the stack's database: to make things old, where the clock cannot be moved. */
export async function execute(stack: TestStack, sql: string, args: InArgs = []) {
  const { LIBSQL_URL: url = "", LIBSQL_AUTH_TOKEN: authToken } = stack.settings;
  const client = createClient({ url, ...(authToken ? { authToken } : {}) });
  try {
    return (await client.execute({ sql, args })).rows;
  } finally {
    client.close();
  }
}

/** Where the bucket has the file of a package. */
export async function objectKeyOf(stack: TestStack, fileName: string): Promise<string> {
  const sql = `SELECT object_key FROM blobs JOIN packages ON packages.blob_id = blobs.id WHERE packages.file_name = ?`;
  const [row] = await execute(stack, sql, [fileName]);
  return row?.object_key as string;
}
