import { z } from "zod";
import { packageType } from "../releases/schemas.ts";

const option = z.object({
  type: packageType,
  package_id: z.int(),
  file_size: z.int(),
  download_url: z.string(),
  recommended: z.boolean(),
});

/** What a client is told. */
export const versionCheck = z
  .object({
    has_update: z.boolean(),
    current_version: z.string(),
    latest_version: z.string(),
    update_info: z
      .object({
        version: z.string(),
        description: z.string(),
        release_date: z.iso.datetime(),
        is_critical: z.boolean(),
        update_options: z.array(option),
        plans: z
          .array(
            z.object({
              bytes: z.int().meta({ description: "Of all steps" }),
              steps: z.array(
                z.object({
                  package_id: z.int(),
                  type: packageType,
                  from_version: z
                    .string()
                    .nullable()
                    .meta({ description: "What it is applied to; null for a full package" }),
                  to_version: z.string(),
                  file_size: z.int(),
                  sha256: z.string(),
                  download_url: z.string(),
                }),
              ),
            }),
          )
          .optional()
          .meta({ description: "With `plans=true`: cheapest first, the full package last" }),
      })
      .optional(),
    rollback: z
      .object({
        version: z.string(),
        reason: z.string().meta({ description: "Why, in its publisher's words; empty where nobody said" }),
        update_options: z.array(option).meta({ description: "A full package" }),
      })
      .optional()
      .meta({
        description:
          "Where the client's version was rolled back and nothing newer is offered: the version to go back to",
      }),
  })
  .meta({ id: "VersionCheck" });
