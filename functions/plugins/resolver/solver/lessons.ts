import { intersection, isSubset, union, type Choices } from "./choices.ts";
import { spend, type Meter } from "./limits.ts";
import { lastOf, originsOf, type Nogood, type Origin, type Step } from "./proofs.ts";

/** What a search says of itself while a lesson is looked for. */
type Known = {
  /** The step since which a plugin has been limited to these choices. */
  stepOf: (slot: number, choices: Choices) => Step;
  /** All choices that a plugin ever had. */
  everything: (slot: number) => Choices;
  meter: Meter;
};

/** A nogood that was proved from others, and the level on which it leads to a new conclusion. */
export type Lesson = { nogood: Nogood; level: number };

/**
 * Starts from a nogood that is fully true and replaces its terms by their causes, until it names one thing that the last
 * decision must not lead to (the first unique implication point).
 * @returns the lesson, or the rules and assumptions that rule out every solution
 */
export function lessonOf(conflict: Nogood, { stepOf, everything, meter }: Known): Lesson | Origin[] {
  const causes: Nogood[] = [];
  const terms = new Map<number, { choices: Choices; step: Step }>();
  const hold = (slot: number, choices: Choices) => terms.set(slot, { choices, step: stepOf(slot, choices) });
  const add = (nogood: Nogood, resolved?: number) => {
    causes.push(nogood);
    spend(meter, nogood.slots.length);
    for (const [index, slot] of nogood.slots.entries()) {
      const choices = nogood.choices[index] ?? [];
      const before = terms.get(slot)?.choices;
      if (slot !== resolved) hold(slot, before ? intersection(before, choices) : choices);
      else if (before) {
        const either = union(before, choices);
        if (isSubset(everything(slot), either)) terms.delete(slot);
        else hold(slot, either);
      }
    }
  };

  add(conflict);
  for (;;) {
    const [last, below] = lastOf([...terms.values()].map(({ step }) => step));
    if (!last) return originsOf(causes);
    if (last.level > 0 && (last.cause === null || below < last.level)) {
      const slots = [...terms.keys()];
      const choices = [...terms.values()].map((term) => term.choices);
      const assumes = causes.some((cause) => cause.assumes);
      return { nogood: { slots, choices, origin: null, causes, assumes }, level: Math.max(below, 0) };
    }
    if (last.cause === null) throw new Error("nothing is decided on level 0");
    add(last.cause, last.slot);
  }
}
