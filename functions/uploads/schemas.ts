import { z } from "zod";
import { consoleSecurity } from "../accounts/schemas.ts";
import { textKey } from "../core/locale/locale.ts";
import { uploadStates } from "../../schema/uploads.ts";

/** The token of the upload, or the console's cookie of whoever began it. */
export const uploadSecurity = [{ UploadToken: [] }, ...consoleSecurity];

export const uploadIdParam = z.object({ id: z.string().regex(/^upl_[0-9a-z]{26}$/, textKey("upload.id")) });

export const uploadState = z.enum(uploadStates);

export const sha256Hex = z
  .string()
  .regex(/^[0-9a-fA-F]{64}$/, textKey("fault.sha256"))
  .transform((hex) => hex.toLowerCase());

export const signedPart = z
  .object({
    part_number: z.int(),
    size: z.int().meta({ description: "Bytes of this part" }),
    url: z.string().meta({ description: "PUT the part here" }),
    headers: z
      .record(z.string(), z.string())
      .meta({ description: "Send exactly these, and a Content-Digest where that is checked" }),
    digest: z.literal("sha-256").optional().meta({
      description:
        "Where it is there, the bucket compares the part with the SHA-256 of a Content-Digest header (RFC 9530)",
    }),
  })
  .meta({ id: "SignedPart" });

export const uploadStatus = z
  .object({
    state: uploadState,
    bytes_verified: z.int(),
    size: z.int(),
    error: z.string().optional(),
    message: z.string().optional().meta({ description: "What the error means" }),
    result: z
      .record(z.string(), z.unknown())
      .optional()
      .meta({ description: "What the surface's own upload answers" }),
  })
  .meta({ id: "UploadStatus" });
