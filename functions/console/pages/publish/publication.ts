import { reactive, shallowReactive, watch } from "vue";
import type { paths } from "../../../../scripts/client/openapi.ts";
import type { SlipwayUploadRecord } from "../../../../scripts/client/library/types.ts";
import type { Retry, UploadState } from "../../kit/uploads/track.ts";
import type { Digest } from "./hash-file.ts";

type Published = paths["/api/v1/releases/{software}/{version}/publish"]["post"];
export type RolloutPlan = NonNullable<
  NonNullable<Published["requestBody"]>["content"]["application/json"]["rollout"]
>;

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
  is_critical?: boolean;
  is_watershed?: boolean;
  is_stable?: boolean;
  min_update_from?: string;
  rollout?: RolloutPlan;
};

/** A file on its way. What it is of is known without the file, so that it can go on after a reload. */
export type Item = {
  id: number;
  /** Below the folder that was chosen. */
  path: string;
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
  state: UploadState;
  problem?: string;
  /** Sent once more as it is, it would be refused again. */
  isRefused?: boolean;
  record?: SlipwayUploadRecord;
  /** The upload whose bytes were sent from here, for giving it up. */
  sentAs?: string;
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
  const items = found.items.map((item) => {
    const state = item.state === "sent" || item.state === "failed" ? item.state : ("paused" as const);
    return { ...item, state };
  });
  return { ...found, items, state: found.state === "refused" ? "refused" : "paused" };
}

/**
 * How many bytes of an item's file have left, and how many do a second. It is not kept with the items, because it moves many
 * times a second and its last whole part is known from the record.
 */
export const progress = reactive(new Map<number, { sent: number; speed: number; retry?: Retry }>());

/** How many bytes of a file are there for good: those of whole parts. */
export function sentOf({ state, size, record }: Item): number {
  if (state === "sent") return size;
  if (!record) return 0;
  const { part_size, etags } = record;
  return Object.keys(etags).reduce(
    (sum, number) => sum + Math.min(part_size, size - (Number(number) - 1) * part_size),
    0,
  );
}

/** The share of a publication's bytes that has left, from 0 to 1. */
export function shareSent({ items }: Publication): number {
  const sum = (of: (item: Item) => number) => items.reduce((total, item) => total + of(item), 0);
  return (
    sum((item) => progress.get(item.id)?.sent ?? sentOf(item)) /
    Math.max(
      1,
      sum(({ size }) => size),
    )
  );
}

/** The share of the devices, in percent, that it is offered to at first; undefined where all are. */
export const firstShare = ({ items }: Publication): number | undefined =>
  items.find(({ fields }) => fields?.rollout)?.fields?.rollout?.steps?.[0]?.percent;

/**
 * Whether it is one file that is published as it is: that needs no other to become visible with, and is visible as soon as its
 * SHA-256 is verified, while what is held for a release waits for its other hashes.
 */
export const isOneFile = ({ items, isDraft }: Publication): boolean => items.length === 1 && !isDraft;

/** The items that need their file to go on. */
export const withoutFile = ({ items }: Publication): Item[] =>
  items.filter(({ id, state }) => state !== "sent" && !filesOfItems.has(id));

/**
 * Gives items the files that they had, by name, size and time.
 * @returns the names of those that are other files now, and of all files where none of them is looked for
 */
export function giveBack(now: Publication, files: Iterable<File>): { changed: string[]; strange: string[] } {
  const changed: string[] = [];
  const given = [...files];
  const isLookedFor = new Set(withoutFile(now).map(({ name }) => name));
  const strange = given.map(({ name }) => name);
  for (const item of now.items) {
    const named = given.filter(({ name }) => name === item.name);
    const same = named.find(({ size, lastModified }) => size === item.size && lastModified === item.modified);
    if (same) filesOfItems.set(item.id, same);
    else if (named.length > 0 && item.state !== "sent") changed.push(item.name);
  }
  return { changed, strange: strange.some((name) => isLookedFor.has(name)) ? [] : strange };
}
