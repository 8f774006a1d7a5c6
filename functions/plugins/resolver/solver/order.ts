import type { ChosenVersion } from "./registry.ts";
import type { Search } from "./search.ts";
import { preferred, type Plugin, type Universe } from "./universe.ts";

/** A set of versions by plugin. */
export type Chosen = Map<string, ChosenVersion>;

/** The plugins of a set in the order in which they are decided. */
export class Order {
  readonly #universe: Universe;
  readonly #queue: Plugin[];
  readonly #queued: Set<Plugin>;
  #position = 0;
  /** The state of the order at the beginning of each level. */
  readonly #marks: { length: number; position: number }[] = [];

  constructor(universe: Universe) {
    const { install, installed } = universe.request;
    const names = [...install.keys()].toSorted().concat([...installed.keys()].toSorted());
    this.#universe = universe;
    this.#queued = new Set(names.map((name) => universe.plugin(name)));
    this.#queue = [...this.#queued];
  }

  /** The plugin to decide, if any is left. */
  get current(): Plugin | undefined {
    return this.#queue[this.#position];
  }

  /** Moves on after this version was chosen for the current plugin. */
  advance(plugin: Plugin, index: number): void {
    for (const next of this.#universe.needed(plugin, index)) {
      if (this.#queued.has(next)) continue;
      this.#queued.add(next);
      this.#queue.push(next);
    }
    this.#position++;
  }

  mark(): void {
    this.#marks.push({ length: this.#queue.length, position: this.#position });
  }

  /** Returns to the state of the order when there were `level` decisions. */
  back(level: number): void {
    const mark = this.#marks[level];
    if (!mark) return;
    this.#marks.length = level;
    for (const plugin of this.#queue.splice(mark.length)) this.#queued.delete(plugin);
    this.#position = mark.position;
  }

  chosen(search: Search): Chosen {
    return new Map(
      this.#queue.map((plugin) => {
        const candidate = plugin.candidates[preferred(plugin, search.left(plugin))];
        if (!candidate) throw new Error(`${plugin.name} was chosen and is not offered`);
        const { version, published } = candidate;
        return [plugin.name, { name: plugin.name, version, published }];
      }),
    );
  }
}
