import type { Choices } from "./choices.ts";
import type { Fact } from "./facts.ts";

/** An assumption that a proof may rest on, and that may be taken back. */
export type Assumption = { assumption: true };
export type Origin = Fact | Assumption;

/** Choices that cannot all hold at once, by plugin: given, or proved from others. */
export type Nogood = {
  slots: readonly number[];
  choices: readonly Choices[];
  origin: Origin | null;
  causes: readonly Nogood[];
  /** Whether it rests on an assumption. */
  assumes: boolean;
};

/** One conclusion or, without a cause, one decision. */
export type Step = {
  slot: number;
  before: Choices;
  after: Choices;
  level: number;
  position: number;
  cause: Nogood | null;
};

/** The last of some steps, and the highest level of the others. */
export function lastOf(steps: readonly Step[]): [Step | undefined, number] {
  let last: Step | undefined;
  let below = -1;
  for (const step of steps) {
    const earlier = last && step.position > last.position ? last : step;
    if (last) below = Math.max(below, earlier.level);
    if (earlier !== step || !last) last = step;
  }
  return [last, below];
}

/** The rules and assumptions that a proof begins with. */
export function originsOf(causes: readonly Nogood[]): Origin[] {
  const seen = new Set(causes);
  const origins = new Set<Origin>();
  for (const { origin, causes: further } of seen) {
    if (origin) origins.add(origin);
    for (const cause of further) seen.add(cause);
  }
  return [...origins];
}
