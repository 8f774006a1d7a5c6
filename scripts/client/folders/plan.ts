import type { Listing } from "./listing.ts";
import type { Sentence } from "./sentence.ts";

/** A file that updaters ask for beside a package. */
export type Companion = { path: string; role: "blockmap" | "zsync" };

/** A package that a folder holds, with all that its build tool says of it. What nothing tells is undefined. */
export type Planned = {
  /** In its folder, with slashes. */
  path: string;
  /** Bytes. */
  size: number;
  version: string | undefined;
  type: "full" | "patch" | "hotfix";
  from_version?: string;
  platform: string | undefined;
  arch: string | undefined;
  /** Its extension without the first dot, in lower case: packages that differ in it stand beside each other. */
  format: string;
  software?: string;
  channel?: string;
  /** The content of its `.sig` file. */
  signature?: string;
  ed_signature?: string;
  build_number?: string;
  min_os_version?: string;
  requires_admin?: boolean;
  block_map_size?: number;
  /** What its build tool has written down of its bytes. */
  digest?: { algorithm: "sha1" | "sha256" | "sha512"; hex: string; by: string };
  companions: Companion[];
  /** What a publisher should know of it: why something is not told, or what stands for it. */
  remark?: Sentence;
};

/** A file that is not published, and why. */
export type Skipped = { path: string; reason: Sentence };

/** What one build tool's files come to. */
export type Found = {
  /** The tool by its name. */
  tool: string;
  packages: Planned[];
  skipped: Skipped[];
  /** Files that were read for it and are no packages. */
  read: string[];
  /** Sentences on files that are not what the tool wrote of them: nothing may be published. */
  faults: Sentence[];
};

/** What flags say of files that do not say it themselves. */
export type Given = { version?: string; platform?: string; arch?: string };

/** Reads what one build tool has left behind; undefined where the folder is not its. Touches no file. */
export type Detector = (listing: Listing, given: Given) => Found | undefined;
