/** A package that a publisher tries to publish. */
export type Publication = {
  version: string;
  sha256: string;
  size: number;
  /**
   * `unknown`: no answer came. `accepted`: the server has all bytes and verifies them. `published`: the server said so.
   * `lost`: another publisher's package has the version.
   */
  state: "unknown" | "accepted" | "published" | "lost";
  downloadUrl?: string;
};

/** What all parts of a run share. */
export type World = {
  url: string;
  /** How often each thing happened, by its name. */
  counts: Map<string, number>;
  violations: string[];
  /** Fires when no new work may begin and nothing may be broken any more. */
  over: AbortSignal;
  /** Fires `over`. */
  end: () => void;
  /** A number in [0, 1); the same seed gives the same faults. */
  random: () => number;
  say: (text: string) => void;
};

export type PublishingWorld = World & { apiKey: string; publications: Publication[] };

export function count(world: World, what: string): void {
  world.counts.set(what, (world.counts.get(what) ?? 0) + 1);
}

export function violation(world: World, text: string): void {
  if (world.violations.includes(text)) return;
  world.violations.push(text);
  world.say(`VIOLATION: ${text}`);
}

/** Mulberry32, a small random generator with a seed. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
