import { z } from "zod";
import { packageType } from "../releases/schemas.ts";

export const packageIdParam = z.object({ id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });

export const uploadedPackage = z
  .object({
    message: z.string(),
    package_id: z.int(),
    version: z.string(),
    package_type: packageType,
    file_size: z.int().meta({ description: "Bytes" }),
    sha256: z.string(),
    download_url: z.string(),
  })
  .meta({ id: "UploadedPackage" });

export const heldPackage = z
  .object({ upload_id: z.string(), state: z.literal("held") })
  .meta({ id: "HeldPackage" });

export const yankAnswer = z.object({ id: z.int(), yanked: z.boolean() }).meta({ id: "YankedPackage" });
