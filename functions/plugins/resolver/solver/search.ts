import { difference, isEmpty, isSubset, meets, type Choices } from "./choices.ts";
import type { Forbidden } from "./facts.ts";
import { lessonOf } from "./lessons.ts";
import { spend, type Meter } from "./limits.ts";
import type { Nogood, Origin, Step } from "./proofs.ts";
import type { Plugin } from "./universe.ts";

/**
 * Conflict-driven search over finite choices. Each plugin has the choices that are left to it. When all terms of a nogood
 * but one hold, the choices of that last term are removed. When all terms hold, their causes are resolved until one thing is
 * found that the last decision must not lead to (the first unique implication point); that is learned, and the search goes
 * back to the point where everything else in it already held. Source: Marques-Silva and Sakallah, GRASP, 1999, with sets in
 * the place of truth values (Katsirelos and Bacchus, 2005).
 */
export class Search {
  /** The number of decisions that hold. */
  level = 0;
  readonly #meter: Meter;
  readonly #slots = new Map<Plugin, number>();
  readonly #plugins: Plugin[] = [];
  readonly #left: Choices[] = [];
  readonly #steps: Step[][] = [];
  readonly #changed = new Set<number>();
  readonly #trail: Step[] = [];
  /** Rules from which nothing was concluded yet. */
  #fresh: Nogood[] = [];
  #uses: Nogood[][] = [];
  #nogoods: Nogood[] = [];
  /** A nogood without terms: it holds whatever is chosen, so there is no solution. */
  #absurd: Nogood | null = null;

  constructor(meter: Meter) {
    this.#meter = meter;
  }

  /** The plugins that rules have named so far. */
  get plugins(): readonly Plugin[] {
    return this.#plugins;
  }

  /** Whether something changed that propagate() has not looked at yet. */
  get hasNews(): boolean {
    return this.#changed.size > 0 || this.#fresh.length > 0 || this.#absurd !== null;
  }

  /** The choices that are left to a plugin. */
  left(plugin: Plugin): Choices {
    return this.#left[this.#slot(plugin)] ?? plugin.everything;
  }

  isRequired(plugin: Plugin): boolean {
    return !meets(this.left(plugin), plugin.absent);
  }

  /** The plugins about which something was concluded since the trail had this length, and its present length. */
  concluded(since: number): [Plugin[], number] {
    const plugins = this.#trail.slice(since).flatMap(({ slot }) => this.#plugins[slot] ?? []);
    return [plugins, this.#trail.length];
  }

  /** A nogood from which to conclude once, or which to keep. */
  nogood(forbidden: Forbidden, origin: Origin | null, causes: readonly Nogood[] = []): Nogood {
    // A term that always holds says nothing.
    const terms = forbidden.filter(([plugin, choices]) => !isSubset(plugin.everything, choices));
    const assumes = (origin !== null && "assumption" in origin) || causes.some((cause) => cause.assumes);
    const slots = terms.map(([plugin]) => this.#slot(plugin));
    return { slots, choices: terms.map(([, choices]) => choices), origin, causes, assumes };
  }

  /** Adds a rule; propagate() draws its conclusions. */
  keep(nogood: Nogood): void {
    if (nogood.choices.some(isEmpty)) return;
    this.#nogoods.push(nogood);
    if (nogood.slots.length === 0) this.#absurd ??= nogood;
    for (const slot of nogood.slots) this.#uses[slot]?.push(nogood);
    this.#fresh.push(nogood);
  }

  /** Decides a plugin, on a level of its own. */
  decide(plugin: Plugin, choices: Choices): void {
    this.level++;
    this.#set(this.#slot(plugin), choices, null);
  }

  /** Draws all conclusions. @returns a nogood all of whose terms hold, or null */
  propagate(): Nogood | null {
    if (this.#absurd) return this.#absurd;
    for (let nogood = this.#fresh.at(-1); nogood; nogood = this.#fresh.at(-1)) {
      if (this.conclude(nogood)) return nogood;
      this.#fresh.pop();
    }
    for (const slot of this.#changed) {
      this.#changed.delete(slot);
      for (const nogood of this.#uses[slot] ?? []) {
        if (!this.conclude(nogood)) continue;
        this.#changed.add(slot);
        return nogood;
      }
    }
    return null;
  }

  /** Draws the conclusion of one nogood, if it has one. @returns whether all of its terms hold */
  conclude(nogood: Nogood): boolean {
    spend(this.#meter, 1);
    const { slots, choices } = nogood;
    let open = -1;
    for (let term = 0; term < slots.length; term++) {
      const left = this.#left[slots[term] ?? 0] ?? [];
      const forbidden = choices[term] ?? [];
      if (isSubset(left, forbidden)) continue;
      if (open >= 0 || !meets(left, forbidden)) return false;
      open = term;
    }
    if (open < 0) return true;
    const slot = slots[open] ?? 0;
    this.#set(slot, difference(this.#left[slot] ?? [], choices[open] ?? []), nogood);
    return false;
  }

  /**
   * Learns from a nogood all of whose terms hold, and goes back to where the lesson applies.
   * @returns null, or the rules and assumptions that rule out every solution
   */
  learn(conflict: Nogood): Origin[] | null {
    const lesson = lessonOf(conflict, {
      stepOf: (slot, choices) => this.#stepOf(slot, choices),
      everything: (slot) => this.#plugins[slot]?.everything ?? [],
      meter: this.#meter,
    });
    if (Array.isArray(lesson)) return lesson;
    this.#undo(lesson.level);
    this.keep(lesson.nogood);
    return null;
  }

  /** Starts again without assumptions, and without what was learned from them. */
  restart(): void {
    this.#undo(-1);
    this.level = 0;
    const nogoods = this.#nogoods.filter(({ assumes }) => !assumes);
    this.#nogoods = [];
    this.#fresh = [];
    this.#absurd = null;
    this.#uses = this.#plugins.map(() => []);
    spend(this.#meter, nogoods.length);
    for (const nogood of nogoods) this.keep(nogood);
  }

  #slot(plugin: Plugin): number {
    const known = this.#slots.get(plugin);
    if (known !== undefined) return known;
    const slot = this.#plugins.push(plugin) - 1;
    this.#slots.set(plugin, slot);
    this.#left.push(plugin.everything);
    this.#steps.push([]);
    this.#uses.push([]);
    return slot;
  }

  #set(slot: number, after: Choices, cause: Nogood | null): void {
    const before = this.#left[slot] ?? [];
    const step = { slot, before, after, level: this.level, position: this.#trail.length, cause };
    this.#trail.push(step);
    this.#steps[slot]?.push(step);
    this.#left[slot] = after;
    this.#changed.add(slot);
  }

  /** Withdraws what was concluded above a level. */
  #undo(level: number): void {
    for (let step = this.#trail.at(-1); step && step.level > level; step = this.#trail.at(-1)) {
      this.#trail.pop();
      this.#steps[step.slot]?.pop();
      this.#left[step.slot] = step.before;
      // The rule may have been added late, so that its conclusion also belongs on the lower level.
      if (step.cause) this.#fresh.push(step.cause);
    }
    this.level = level;
  }

  /** The step since which a plugin has been limited to these choices. */
  #stepOf(slot: number, choices: Choices): Step {
    const step = this.#steps[slot]?.find(({ after }) => isSubset(after, choices));
    if (!step) throw new Error("a term does not hold");
    return step;
  }
}
