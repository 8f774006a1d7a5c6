import { z } from "zod";
import { arches, packageTypes, platforms } from "../../../schema/packages.ts";

const software = z.string().meta({ description: "The slug" });

/** A package as its events describe it. */
export const packageData = z
  .object({
    package_id: z.int(),
    software,
    version: z.string(),
    package_type: z.enum(packageTypes),
    from_version: z.string().nullable(),
    platform: z.enum(platforms),
    arch: z.enum(arches),
    channel: z.string(),
    is_critical: z.boolean(),
    file_name: z.string(),
    file_size: z.int().meta({ description: "Bytes" }),
    sha256: z.string(),
  })
  .meta({ id: "PackageEvent" });

/** A version whose files became visible at the same moment. */
export const releaseData = z.object({
  software,
  version: z.string(),
  channel: z.string(),
  is_critical: z.boolean(),
  packages: z.array(packageData.pick({ package_id: true, file_name: true, platform: true, arch: true })),
});

export const pluginData = z.object({
  plugin: z.string(),
  version: z.string(),
  file_name: z.string(),
  file_size: z.int().meta({ description: "Bytes" }),
  sha256: z.string(),
});
