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
