import { createHash } from "node:crypto";
import { look } from "../../../scripts/client/folders/look.ts";
import type { Listing } from "../../../scripts/client/folders/listing.ts";
import type { Given } from "../../../scripts/client/folders/plan.ts";

/** A folder by what is in it: a number of bytes, or a text. */
export function listingOf(
  content: Record<string, number | string>,
  place = "/build/dist",
  folders: string[] = [],
): Listing {
  const files = Object.entries(content).map(([path, what]) => ({
    path,
    size: typeof what === "number" ? what : Buffer.byteLength(what),
  }));
  const texts = Object.entries(content).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  return { root: "dist", place, files, folders, texts: new Map(texts) };
}

/** What is found there, in rows of a table: `version type platform arch format path`. */
export function rowsOf(listing: Listing, given: Given = {}) {
  const found = look(listing, given);
  const rows = found.packages.map((one) =>
    [one.version, one.type, one.platform, one.arch, one.format, one.path]
      .map((cell) => cell ?? "?")
      .join(" "),
  );
  const skipped = Object.fromEntries(found.skipped.map(({ path, reason }) => [path, reason.text]));
  return { rows, skipped, found };
}

/** A signature file as Tauri's signer writes it: minisign's, in base64 once more. */
export const tauriSig = (name: string): string =>
  Buffer.from(
    [
      "untrusted comment: signature from tauri secret key",
      Buffer.concat([Buffer.from("ED"), Buffer.alloc(72, 1)]).toString("base64"),
      `trusted comment: timestamp:1764403200\tfile:${name}`,
      Buffer.alloc(64, 2).toString("base64"),
      "",
    ].join("\n"),
  ).toString("base64");

export const digestOf = (algorithm: string, text: string, encoding: "hex" | "base64" = "hex") =>
  createHash(algorithm).update(text).digest(encoding);
