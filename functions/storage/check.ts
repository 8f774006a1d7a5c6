import { HeadBucketCommand, ListObjectsV2Command, type S3Client } from "@aws-sdk/client-s3";
import { codeOf, describeFailure, isMissingBucket, storageError } from "./failure.ts";
import type { BucketCheck } from "./storage.ts";

/** Health is asked for by machines that give up soon themselves. */
const CHECK_TIMEOUT_MS = 4_000;
/** For so long a bucket that answered counts as there. */
const PROVEN_MS = 30_000;

type Options = { client: S3Client; bucket: string; clock: () => number };

/** What can be asked about the bucket itself. */
export function createBucketChecks({ client, bucket: Bucket, clock }: Options) {
  let provenAt = -Infinity;

  return {
    /** Asks once, without retries, whether the bucket is there and lets our key in. */
    async check(): Promise<BucketCheck> {
      const asked = clock();
      const dated = { date: undefined as string | undefined };
      try {
        try {
          await client.send(noting(new HeadBucketCommand({ Bucket }), dated), once);
        } catch (error) {
          // The answer to a HEAD has no body that says why; and there are stores which refuse just this one.
          if (!isRefusal(error)) throw error;
          await client.send(noting(new ListObjectsV2Command({ Bucket, MaxKeys: 1 }), dated), once);
        }
        provenAt = clock();
        return { state: "ok", ...offset(dated.date, asked, clock()) };
      } catch (error) {
        return { state: stateOf(error), ...offset(dated.date, asked, clock()) };
      }
    },

    /**
     * After a HEAD that found no object: no bucket answers the same.
     * @throws StorageError `misconfigured` where there is no bucket.
     */
    async requireBucket(): Promise<void> {
      if (clock() - provenAt < PROVEN_MS) return;
      try {
        await client.send(new HeadBucketCommand({ Bucket }), once);
        provenAt = clock();
      } catch (error) {
        if (!isMissing(error)) return;
        throw storageError({ ...describeFailure("find the bucket", error), code: "NoSuchBucket" }, 1);
      }
    },
  };
}

const once = { requestTimeout: CHECK_TIMEOUT_MS };

type WithMiddleware = { middlewareStack: HeadBucketCommand["middlewareStack"] };

/** Keeps the Date header of the answer, whatever the answer is. */
function noting<C>(command: C, kept: { date: string | undefined }): C {
  const note = (response: unknown) => {
    const { headers } = (response ?? {}) as { headers?: Record<string, string> };
    kept.date = headers?.date ?? kept.date;
  };
  (command as WithMiddleware).middlewareStack.add(
    (next) => async (args) => {
      try {
        const result = await next(args);
        note(result.response);
        return result;
      } catch (error) {
        note((error as { $response?: unknown }).$response);
        throw error;
      }
    },
    { step: "deserialize", priority: "high" },
  );
  return command;
}

/** The header is cut to whole seconds, and was written between question and answer. */
function offset(date: string | undefined, asked: number, answered: number): { aheadMs?: number } {
  const at = Date.parse(date ?? "");
  return Number.isNaN(at) ? {} : { aheadMs: Math.round(at + 500 - (asked + answered) / 2) };
}

const isRefusal = (error: unknown) => {
  const { status } = describeFailure("", error);
  return status !== undefined && status >= 400 && status !== 404 && status < 500 && status !== 429;
};

const isMissing = (error: unknown) => {
  const failure = describeFailure("", error);
  return failure.status === 404 || isMissingBucket(failure);
};

function stateOf(error: unknown): BucketCheck["state"] {
  if (isMissing(error)) return "missing";
  return codeOf(describeFailure("", error)) === "unavailable" ? "unreachable" : "refused";
}
