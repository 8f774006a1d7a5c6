import type { CorsRule } from "./cors.ts";
import { header, type Call } from "./wire.ts";

export type Metadata = Record<string, string>;
export type StoredObject = { body: Buffer; etag: string; metadata: Metadata; lastModified: Date };
export type StoredPart = { body: Buffer; etag: string };
export type Upload = { key: string; metadata: Metadata; initiated: Date; parts: Map<number, StoredPart> };

export type State = {
  bucket: string;
  objects: Map<string, StoredObject>;
  uploads: Map<string, Upload>;
  cors: CorsRule[];
  /** Smallest part but the last, bytes. */
  minPartBytes: number;
  /** All parts but the last of one size, found out at the end, as R2 does. */
  equalParts: boolean;
  /** Largest source of a copy in one step, bytes. */
  maxCopyBytes: number;
  /** Objects in one page of a listing. */
  pageSize: number;
  now: () => number;
};

const KEPT = ["content-type", "content-disposition", "cache-control", "content-encoding", "content-language"];

/** The headers that a store keeps with an object and gives back. */
export function metadataOf(call: Call): Metadata {
  const names = [...KEPT, ...Object.keys(call.headers).filter((name) => name.startsWith("x-amz-meta-"))];
  const pairs = names.map((name) => [name, header(call, name)] as const);
  return Object.fromEntries(pairs.filter((pair): pair is [string, string] => pair[1] !== undefined));
}
