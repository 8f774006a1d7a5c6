import { XMLParser } from "fast-xml-parser";
import { z } from "zod";
import { beside } from "./beside.ts";
import { archOf, folderOf, formatOf, nameOf, platformOf } from "./file-names.ts";
import type { Listing } from "./listing.ts";
import type { Detector, Given, Planned, Skipped } from "./plan.ts";
import { say, type Sentence } from "./sentence.ts";

/** Elements may have attributes, so that their text is one of several properties. */
const text = z
  .union([z.string(), z.looseObject({ "#text": z.string() }).transform((element) => element["#text"])])
  .optional();
const Enclosure = z.looseObject({
  "@url": z.string(),
  "@length": z.string().optional(),
  "@os": z.string().optional(),
  "@edSignature": z.string().optional(),
  "@signature": z.string().optional(),
  "@version": z.string().optional(),
  "@shortVersionString": z.string().optional(),
});
type Enclosure = z.infer<typeof Enclosure>;
const Item = z.looseObject({
  version: text,
  shortVersionString: text,
  minimumSystemVersion: text,
  hardwareRequirements: text,
  channel: text,
  enclosure: z.array(Enclosure).default([]),
  deltas: z.looseObject({ enclosure: z.array(Enclosure).default([]) }).optional(),
});
type Item = z.infer<typeof Item>;
const Appcast = z.looseObject({
  rss: z.looseObject({ channel: z.looseObject({ item: z.array(z.unknown()).default([]) }) }),
});

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  isArray: (name) => name === "item" || name === "enclosure",
});

/** A folder of Sparkle's `generate_appcast`, WinSparkle's or NetSparkle's: what `appcast*.xml` names, with its signatures. */
export const sparkle: Detector = (listing, given) => {
  const casts = listing.files.flatMap(({ path }) => {
    const items = /^appcast.*\.xml$/i.test(nameOf(path))
      ? readItems(listing.texts.get(path) ?? "")
      : undefined;
    return items ? [{ path, items }] : [];
  });
  if (casts.length === 0) return undefined;
  const packages = new Map<string, Planned>();
  const skipped: Skipped[] = [];
  const faults: Sentence[] = [];
  for (const { path: cast, items } of casts)
    for (const item of items) {
      for (const enclosure of item.enclosure) {
        const path = `${folderOf(cast)}${fileOf(enclosure)}`;
        const file = listing.files.find((one) => one.path === path);
        const length = Number(enclosure["@length"] ?? file?.size);
        const format = formatOf(path)?.format;
        if (file === undefined) skipped.push({ path, reason: say("namedMissing", { list: cast }) });
        else if (format === undefined) skipped.push({ path, reason: say("typeNotTaken") });
        else if (length !== file.size)
          faults.push(say("sizeAppcast", { path, size: file.size, list: cast, listed: length }));
        else packages.set(path, plan(listing, item, enclosure, { ...file, format }, given));
      }
      for (const delta of item.deltas?.enclosure ?? [])
        skipped.push({
          path: `${folderOf(cast)}${fileOf(delta)}`,
          reason: say("sparkleDelta"),
        });
    }
  const read = casts.map(({ path }) => path);
  return { tool: "Sparkle", packages: [...packages.values()], skipped, read, faults };
};

function readItems(xml: string): Item[] | undefined {
  try {
    const cast = Appcast.safeParse(parser.parse(xml));
    if (!cast.success) return undefined;
    return cast.data.rss.channel.item.flatMap((item) => Item.safeParse(item).data ?? []);
  } catch {
    return undefined;
  }
}

function fileOf(enclosure: Enclosure): string {
  const [path = ""] = enclosure["@url"].split(/[?#]/);
  try {
    return nameOf(decodeURIComponent(path));
  } catch {
    return nameOf(path);
  }
}

/** Newer appcasts have the version in elements of the item, older ones in attributes of the enclosure. */
function plan(
  listing: Listing,
  item: Item,
  enclosure: Enclosure,
  file: { path: string; size: number; format: string },
  given: Given,
): Planned {
  const build = (enclosure["@version"] ?? item.version)?.trim();
  const version = (enclosure["@shortVersionString"] ?? item.shortVersionString)?.trim() ?? build;
  const os = enclosure["@os"] ?? "macos";
  const minimum = item.minimumSystemVersion?.trim();
  const isDotted = (value: string | undefined): value is string => /^\d+(\.\d+)*$/.test(value ?? "");
  const name = nameOf(file.path);
  const signature = edSignatureOf(enclosure);
  return {
    path: file.path,
    size: file.size,
    version,
    type: "full",
    platform: platformOf(os) ?? platformOf(name),
    arch: archOf(os) ?? archOf(name) ?? onlyArch(item) ?? given.arch,
    format: file.format,
    ...(item.channel !== undefined && { channel: item.channel.trim().toLowerCase() }),
    ...(signature !== undefined && { ed_signature: signature }),
    ...(isDotted(build) && { build_number: build }),
    ...(isDotted(minimum) && { min_os_version: minimum }),
    ...beside(listing, file.path),
  };
}

const ED25519_BYTES = 64;

/** NetSparkle's tool writes it as `sparkle:signature`, a name under which older appcasts may have others. */
function edSignatureOf({ "@edSignature": own, "@signature": other = "" }: Enclosure): string | undefined {
  if (own !== undefined) return own;
  return Buffer.from(other, "base64").length === ED25519_BYTES ? other : undefined;
}

/** Sparkle tells apart Macs with Apple's processors alone. */
const onlyArch = ({ hardwareRequirements }: Item) =>
  hardwareRequirements?.trim() === "arm64" ? "arm64" : undefined;
