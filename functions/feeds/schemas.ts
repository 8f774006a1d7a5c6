import { z } from "zod";
import type { platforms } from "../../schema/packages.ts";
import { readSecurity } from "../accounts/schemas.ts";
import { limitQueries } from "../core/http/limit-queries.ts";
import { errorResponses } from "../core/http/router.ts";
import { archesFor, type Arch } from "../releases/arches.ts";
import { deviceHeaders, deviceQuery } from "../rollouts/schemas.ts";
import { givenSoftware } from "../releases/schemas.ts";
import { givenArch, givenPlatform } from "../releases/target-names.ts";

export const softwareParam = z.object({ software: givenSoftware.meta({ description: "Slug or akey" }) });

/** What all endpoints of feeds share. */
export const feedRoute = { tags: ["Feeds"], security: readSecurity, middleware: limitQueries };

/** The header in which a device may tell its version to a feed that has no place for it. */
export const VERSION_HEADER = "x-current-version";

/** By what a device may tell any feed which one it is, and what it has. */
export const feedQuery = {
  ...deviceQuery,
  current_version: z.string().optional().meta({
    description: "The app's own version: the feed then names no older one, unless it was rolled back",
  }),
};

export const feedHeaders = deviceHeaders.extend({
  [VERSION_HEADER]: z
    .string()
    .optional()
    .meta({ description: "In place of `current_version`, for what is rolled out" }),
});

export const feedAnswers = (contentType: string) => ({
  200: { description: "The feed", content: { [contentType]: { schema: z.string() } } },
  304: { description: "As before" },
  ...errorResponses(
    "VALIDATION_ERROR",
    "INVALID_API_KEY",
    "FEED_EMPTY",
    "FEED_NOT_FOUND",
    "RATE_LIMIT_EXCEEDED",
  ),
});

/** The answers of an endpoint whose path may name a feed or a file. */
export const feedOrFileAnswers = (contentType: string) => ({
  ...feedAnswers(contentType),
  206: { description: "Several ranges of a file, as multipart/byteranges" },
  302: { description: "To the file" },
  ...errorResponses(
    "VALIDATION_ERROR",
    "INVALID_API_KEY",
    "FEED_EMPTY",
    "FEED_NOT_FOUND",
    "PACKAGE_NOT_FOUND",
    "RATE_LIMIT_EXCEEDED",
  ),
});

type Target = { platform: (typeof platforms)[number]; arches: [Arch, ...Arch[]] };

/** Reads `{platform}-{arch}` in a path. @returns null for another name */
export function readTarget(text: string): Target | null {
  const [, system, machine] = /^([a-z0-9]+)-([\w-]+)$/i.exec(text) ?? [];
  const [platform, arch] = [givenPlatform.safeParse(system), givenArch.safeParse(machine)];
  if (!platform.success || !arch.success) return null;
  return { platform: platform.data, arches: archesFor(arch.data) };
}
