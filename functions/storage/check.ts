import { HeadBucketCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import type { BucketClient } from "./client.ts";
import { codeOf, describeFailure, isMissingBucket, storageError } from "./failure.ts";
import type { BucketCheck } from "./storage.ts";

/** Machines that ask for health give up soon themselves. */
const CHECK_TIMEOUT_MS = 4_000;
/** How long a bucket that has answered is taken to be there. */
const KNOWN_TO_BE_THERE_MS = 30_000;

/** What can be asked about the bucket itself. */
export function createBucketChecks({
  client,
  bucket: Bucket,
  clock,
}: BucketClient & { clock: () => number }) {
  let lastAnsweredAt = -Infinity;

  return {
    /** Asks once, without retries, whether the bucket is there and lets our key in. */
    async check(): Promise<BucketCheck> {
      const asked = clock();
      const dated = { date: undefined as string | undefined };
      try {
        try {
          await client.send(keepingDate(new HeadBucketCommand({ Bucket }), dated), once);
        } catch (error) {
          // The answer to a HEAD has no body that gives a reason, and some stores refuse just this request.
          if (!isRefusal(error)) throw error;
          await client.send(keepingDate(new ListObjectsV2Command({ Bucket, MaxKeys: 1 }), dated), once);
        }
        lastAnsweredAt = clock();
        return { state: "ok", ...clockOffset(dated.date, asked, clock()) };
      } catch (error) {
        return { state: stateOf(error), ...clockOffset(dated.date, asked, clock()) };
      }
    },

    /**
     * Called after a HEAD that found no object, because a bucket that does not exist gives the same answer.
     * @throws StorageError `misconfigured` where there is no bucket.
     */
    async requireBucket(): Promise<void> {
      if (clock() - lastAnsweredAt < KNOWN_TO_BE_THERE_MS) return;
      try {
        await client.send(new HeadBucketCommand({ Bucket }), once);
        lastAnsweredAt = clock();
      } catch (error) {
        if (!isMissing(error)) return;
        throw storageError({ ...describeFailure("find the bucket", error), code: "NoSuchBucket" }, 1);
      }
    },
  };
}

const once = { requestTimeout: CHECK_TIMEOUT_MS };

type WithMiddleware = { middlewareStack: HeadBucketCommand["middlewareStack"] };

/** Keeps the Date header of the answer, whatever else the answer is. */
function keepingDate<C>(command: C, kept: { date: string | undefined }): C {
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

/**
 * The header is cut to whole seconds, so half a second is added. It was written at some time between question and answer.
 */
function clockOffset(date: string | undefined, asked: number, answered: number): { aheadMs?: number } {
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
