import { absoluteUrl, type Ctx } from "../core/context.ts";
import { AppError } from "../core/errors.ts";
import { invalid } from "../core/http/validation.ts";
import { writtenKey } from "./publishing/objects.ts";
import { PARTS_PER_ANSWER, PUT_URL_SECONDS } from "./policy.ts";
import type { SignedRequest } from "../storage/storage.ts";
import type { Upload } from "./uploads.ts";

export type SignedPart = SignedRequest & { part_number: number; size: number };

/** The numbers of an upload's first parts, as many as one answer holds. */
export function firstParts(upload: Upload): number[] {
  return Array.from({ length: Math.min(upload.partCount, PARTS_PER_ANSWER) }, (_, index) => index + 1);
}

/**
 * Fresh PUT URLs for parts, numbered from 1.
 * @throws AppError VALIDATION_ERROR for a number the upload does not have; UPLOAD_STATE_CONFLICT once it is not pending.
 */
export async function signParts(ctx: Ctx, upload: Upload, numbers: number[]): Promise<SignedPart[]> {
  if (upload.state !== "pending") throw new AppError("UPLOAD_STATE_CONFLICT", { state: upload.state });
  if (upload.expiresAt <= ctx.deps.clock()) throw new AppError("UPLOAD_EXPIRED");
  if (numbers.some((number) => number > upload.partCount))
    throw invalid("part_numbers", "upload.partNumbers", { count: upload.partCount });
  return Promise.all(numbers.map((number) => signPart(ctx, upload, number)));
}

async function signPart(ctx: Ctx, upload: Upload, number: number): Promise<SignedPart> {
  const { storage } = ctx.deps;
  const expiresIn = PUT_URL_SECONDS;
  const start = (number - 1) * upload.partSize;
  const size = Math.min(upload.partSize, upload.size - start);
  const signed = upload.multipartId
    ? await storage.signPart(writtenKey(upload), upload.multipartId, number, { expiresIn, size })
    : await storage.signPut(writtenKey(upload), {
        expiresIn,
        size,
        contentType: upload.contentType,
        ...(upload.sha256 ? { sha256: upload.sha256 } : {}),
        ...(upload.md5 ? { md5: upload.md5 } : {}),
      });
  return { part_number: number, size, ...signed, url: absoluteUrl(ctx, signed.url) };
}
