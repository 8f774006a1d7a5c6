import { z } from "zod";
import { textKey } from "../../core/locale/locale.ts";
import { givenSoftware } from "../../releases/schemas.ts";

export const appcastParams = z.object({
  software: givenSoftware.meta({ description: "Slug or akey" }),
  target: z.string().max(64).meta({ description: "`{platform}-{arch}`", example: "macos-arm64" }),
});

export const givenAppcast = z.object({
  appcast: z
    .string()
    .max(200_000)
    .regex(/<rss[\s>][\s\S]*<\/rss>/, textKey("feed.appcast"))
    .meta({ description: "The signed appcast, every byte as it is" }),
  signature: z
    .string()
    .max(1024)
    .regex(/^\s*[A-Za-z0-9+/]+={0,2}\s*$/, textKey("feed.appcastSignature"))
    .optional()
    .meta({ description: "The content of `appcast.xml.signature`, where the updater asks for it" }),
});

export const appcastAnswer = z
  .object({
    software: z.string(),
    target: z.string(),
    bytes: z.int(),
    is_signed_beside: z.boolean().meta({ description: "Whether `appcast.xml.signature` is served" }),
    updated_at: z.iso.datetime(),
  })
  .meta({ id: "Appcast" });
