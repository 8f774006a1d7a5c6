import { DeleteObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { orNull, presentationHeaders, timeouts, type BucketClient } from "./client.ts";
import { withRetries } from "./failure.ts";
import type { Storage } from "./storage.ts";

/** Stores whole objects, and deletes them. */
export function createWriting({ client, bucket: Bucket }: BucketClient): Pick<Storage, "put" | "delete"> {
  return {
    async put(key, Body, { sha256, ...presentation }) {
      const command = new PutObjectCommand({ Bucket, Key: key, Body, ...presentationHeaders(presentation) });
      if (sha256 !== undefined) signAs(command, sha256);
      const { ETag } = await withRetries("store an object", () => client.send(command, timeouts.write));
      return { etag: ETag ?? "" };
    },

    async delete(key) {
      const command = new DeleteObjectCommand({ Bucket, Key: key });
      await orNull(withRetries("delete an object", () => client.send(command, timeouts.read)));
    },
  };
}

/** Where the body's hash is known, the signer takes it from here. */
function signAs(command: PutObjectCommand, sha256: string): void {
  command.middlewareStack.add(
    (next) => (call) => {
      const { headers } = call.request as { headers: Record<string, string> };
      headers["x-amz-content-sha256"] = sha256;
      return next(call);
    },
    { step: "build" },
  );
}
