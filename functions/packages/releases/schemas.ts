import { z } from "zod";
import { VERSION_SCHEMA } from "../../kit/versions.ts";
import { versionLimit } from "../../rollouts/schemas.ts";
import { packageType } from "../../releases/schemas.ts";

export const releaseParam = z.object({
  software: z.string().min(1).max(64).meta({ description: "Slug or akey", example: "omega" }),
  version: z
    .string()
    .min(1)
    .max(128)
    .meta({ ...VERSION_SCHEMA, example: "2.2.5" }),
});

/** What people read of a version, where it is given. */
export const releaseTexts = z.object({
  notes: z.string().max(60_000).optional().meta({ description: "Markdown" }),
  description: z.string().max(10_000).optional(),
});

const companion = z.object({ role: z.string(), file_name: z.string(), size: z.int() });

/** A version with all its files. */
export const releaseSchema = z
  .object({
    software: z.string(),
    version: z.string(),
    vkey: z
      .string()
      .nullable()
      .meta({ description: "Its key in `/api/versions`; null while nothing of it is published" }),
    state: z.enum(["draft", "published", "yanked"]),
    channel: z.string().nullable().meta({ description: "null while nothing of it is published" }),
    rollout: versionLimit.meta({ description: "What keeps it from some clients; null: it is out for all" }),
    description: z.string(),
    notes: z.string(),
    created_at: z.iso.datetime().nullable(),
    packages: z.array(
      z.object({
        id: z.int(),
        package_type: packageType,
        platform: z.string(),
        arch: z.string(),
        from_version: z.string().nullable(),
        format: z.string(),
        channel: z.string(),
        file_name: z.string(),
        size: z.int(),
        sha256: z.string(),
        sha512: z.string().nullable().meta({ description: "null where it was not taken, or is still to be" }),
        yanked: z.boolean(),
        is_signed: z.boolean(),
        download_url: z.string(),
        companions: z.array(companion),
      }),
    ),
    waiting: z
      .array(
        z.object({
          upload_id: z.string(),
          kind: z.string(),
          state: z.string(),
          file_name: z.string(),
          size: z.int(),
          expires_at: z.iso.datetime(),
        }),
      )
      .meta({ description: "Uploads that are published with the release" }),
    faults: z
      .array(z.object({ file: z.string(), missing: z.string(), other: z.string() }))
      .meta({ description: "What a file lacks that `other`, of the same format, has" }),
  })
  .meta({ id: "Release" });

export const releaseAnswer = (description: string) => ({
  200: { description, content: { "application/json": { schema: releaseSchema } } },
});

export const releaseErrors = [
  "VALIDATION_ERROR",
  "INVALID_VERSION",
  "INVALID_API_KEY",
  "INSUFFICIENT_SCOPE",
  "SOFTWARE_NOT_FOUND",
  "RELEASE_NOT_FOUND",
] as const;
