import { shallowReactive } from "vue";
import type { Collected } from "./collect.ts";
import { newRelease, type Release } from "./release.ts";
import type { Findings } from "./rows.ts";

/** What the server has refused: a field of the release, or of the file at `path`. */
export type Refused = { path: string; field: string; problem: string };

/** What is filled in before something is published. It is there again when the server refuses a field. */
export const form = shallowReactive<{
  found: { findings: Findings; collected: Collected } | null;
  release: Release;
  refused: Refused | null;
}>({ found: null, release: newRelease(), refused: null });

const FIELDS = [
  "software",
  "description",
  "notes",
  "is_critical",
  "is_watershed",
  "is_stable",
  "min_update_from",
  "rollout",
  "version",
  "package_type",
  "from_version",
  "platform",
  "arch",
  "channel",
] as const;

/** The field that a refusal of the server begins with, as `rollout.steps: ...` does; undefined where it names none. */
export const fieldOf = (sentence: string): string | undefined =>
  FIELDS.find((field) => sentence.startsWith(field) && !/^\w/.test(sentence.slice(field.length)));
