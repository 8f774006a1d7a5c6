import { binaryOf } from "./base64.ts";
import { formatOf } from "./file-names.ts";
import type { Listing } from "./listing.ts";
import type { Companion, Planned, Skipped } from "./plan.ts";
import { say } from "./sentence.ts";

/** What lies beside a package under its name: its block map, its zsync file, its signature. */
export function beside(listing: Listing, path: string): Pick<Planned, "companions" | "signature"> {
  const companions = (["blockmap", "zsync"] as const)
    .map((role): Companion => ({ path: `${path}.${role}`, role }))
    .filter((companion) => listing.files.some((file) => file.path === companion.path));
  const signature = listing.texts.get(`${path}.sig`);
  return signature !== undefined && isSignature(signature) ? { companions, signature } : { companions };
}

/** Files that would lie beside a package if that were there, or were what their name says. */
export function strays(listing: Listing): Skipped[] {
  const there = new Set(listing.files.map(({ path }) => path));
  return listing.files.flatMap(({ path }) => {
    const [, of = ""] = /^(.+)\.(?:sig|blockmap|zsync)$/i.exec(path) ?? [];
    if (of === "") return [];
    if (!there.has(of)) return [{ path, reason: say("ownerMissing", { owner: of }) }];
    if (formatOf(of) === undefined) return [{ path, reason: say("ownerUnpublished", { owner: of }) }];
    const isSig = path.toLowerCase().endsWith(".sig");
    if (isSig && !isSignature(listing.texts.get(path) ?? "")) return [{ path, reason: say("noSignature") }];
    return [];
  });
}

/** Whether a text may be a signature file of minisign's, in base64 once more as Tauri writes it; the server looks closer. */
function isSignature(text: string): boolean {
  const trimmed = text.trim();
  const plain = /^[A-Za-z0-9+/=]+$/.test(trimmed) ? binaryOf(trimmed) : trimmed;
  return plain.startsWith("untrusted comment:");
}
