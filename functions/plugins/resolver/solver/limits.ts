/** What one answer may take. */
export type Limits = {
  /** Plugins in a request, and in its answer: the lock of an answer is a request. */
  plugins: number;
  /** Rules looked at, about 30 ns each. */
  steps: number;
};

/** Far beyond what real registries need (a 50-plugin install takes some 50,000 steps), and a fraction of a second. */
export const RESOLVER_LIMITS: Limits = { plugins: 500, steps: 8_000_000 };

/** Counts down the steps that are left. */
export type Meter = { left: number };

export class OutOfSteps extends Error {
  override readonly name = "OutOfSteps";
}

/** @throws OutOfSteps when there are none left. */
export function spend(meter: Meter, steps: number): void {
  meter.left -= steps;
  if (meter.left < 0) throw new OutOfSteps();
}
