import { reactive, shallowReactive, watch } from "vue";
import type { SlipwayUploadRecord } from "../../../../scripts/client/library/types.ts";
import type { Digest } from "./hash-file.ts";

/** The fields of a package, as an upload sends them. */
export type Fields = {
  version: string;
  package_type: "full" | "patch" | "hotfix";
  platform: string;
  arch: string;
  from_version?: string;
  software: string;
  channel?: string;
  signature?: string;
  ed_signature?: string;
  build_number?: string;
  min_os_version?: string;
  requires_admin?: boolean;
  block_map_size?: number;
};

/** A file on its way. What it is of is known without the file, so that it can go on after a reload. */
export type Item = {
  id: number;
  name: string;
  size: number;
  /** Milliseconds since 1970; by this, the name and the size a file is known again. */
  modified: number;
  /** Of a package. */
  fields?: Fields;
  digest?: Digest;
  /** Of a companion: the item of its package. */
  of?: number;
  role?: "blockmap" | "zsync";
  state: "waiting" | "sending" | "verifying" | "sent" | "failed";
  sent: number;
  /** Bytes a second. */
  speed: number;
  problem?: string;
  record?: SlipwayUploadRecord;
  /** Where it is held for its release, or published already. */
  uploadId?: string;
  packageId?: number;
};

export type Publication = {
  software: string;
  versions: string[];
  isDraft: boolean;
  notes: string;
  description: string;
  items: Item[];
  state: "sending" | "paused" | "published" | "drafted" | "refused";
  problem?: string;
};

const STORED = "slipway-publication";

/** What is being published, in this browser; it goes on while other pages are shown. */
export const publication = reactive<{ now: Publication | null }>({ now: restore() });

/** The files of the items. A page that was loaded anew has none of them. */
export const filesOfItems = shallowReactive(new Map<number, File>());

const isOver = ({ state }: Publication) => state === "published" || state === "drafted";

watch(
  () => publication.now,
  (now) => {
    if (now === null || isOver(now)) localStorage.removeItem(STORED);
    else localStorage.setItem(STORED, JSON.stringify(now));
  },
  { deep: true },
);

/** What was on its way when the page was left. */
function restore(): Publication | null {
  const stored = localStorage.getItem(STORED);
  if (stored === null) return null;
  const found = JSON.parse(stored) as Publication;
  const items = found.items.map((item) => ({
    ...item,
    speed: 0,
    state: item.state === "sent" || item.state === "failed" ? item.state : ("waiting" as const),
  }));
  return { ...found, items, state: found.state === "refused" ? "refused" : "paused" };
}

/** The items that need their file to go on. */
export const withoutFile = ({ items }: Publication): Item[] =>
  items.filter(({ id, state }) => state !== "sent" && !filesOfItems.has(id));

/**
 * Gives items the files that they had, by name, size and time.
 * @returns the names of those that are other files now
 */
export function giveBack({ items }: Publication, files: Iterable<File>): string[] {
  const changed: string[] = [];
  const given = [...files];
  for (const item of items) {
    const named = given.filter(({ name }) => name === item.name);
    const same = named.find(({ size, lastModified }) => size === item.size && lastModified === item.modified);
    if (same) filesOfItems.set(item.id, same);
    else if (named.length > 0 && item.state !== "sent") changed.push(item.name);
  }
  return changed;
}
