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

const FIELDS: readonly string[] = [
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
];

/**
 * The field that a refusal of the server begins with, as `rollout.steps: ...` does, in Chinese behind a word for "parameter";
 * undefined where it names none.
 */
export function fieldOf(sentence: string): string | undefined {
  const [, first] = /^[^A-Za-z]*(\w+)/.exec(sentence) ?? [];
  return FIELDS.find((field) => field === first);
}
