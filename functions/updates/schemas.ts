import { z } from "zod";
import { arches, packageTypes, platforms } from "../../schema/updates.ts";
import { softwareName } from "../packages/draft.ts";

/** What every query about packages may narrow down; the defaults are contract 1's. */
export const targetQuery = z.object({
  platform: z.enum(platforms).default("windows"),
  arch: z.enum(arches).default("x64"),
  software: softwareName.meta({ description: "Slug or akey" }),
});

export const packageType = z.enum(packageTypes);

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

export const yankAnswer = z.object({ id: z.int(), yanked: z.boolean() }).meta({ id: "YankedPackage" });
