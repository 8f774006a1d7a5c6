import type { Choices } from "./choices.ts";
import type { Fact } from "./facts.ts";

/** An assumption that a proof may use, and that may be withdrawn. */
export type Assumption = { assumption: true };
export type Origin = Fact | Assumption;

/** Choices, by plugin, that cannot all hold together. Such a nogood is a rule or was proved from others. */
export type Nogood = {
  slots: readonly number[];
  choices: readonly Choices[];
  origin: Origin | null;
  causes: readonly Nogood[];
  /** Whether its proof uses an assumption. */
  assumes: boolean;
};

/** One conclusion, or, where it has no cause, one decision. */
export type Step = {
  slot: number;
  before: Choices;
  after: Choices;
  level: number;
  position: number;
  cause: Nogood | null;
};

/** The last of some steps, and the highest level among the others. */
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

/** The rules and assumptions from which a proof starts. */
export function originsOf(causes: readonly Nogood[]): Origin[] {
  const seen = new Set(causes);
  const origins = new Set<Origin>();
  for (const { origin, causes: further } of seen) {
    if (origin) origins.add(origin);
    for (const cause of further) seen.add(cause);
  }
  return [...origins];
}
