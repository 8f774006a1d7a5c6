/** What one answer may take. */
export type Limits = {
  /** Plugins in a request, and in its answer: the lock of an answer is a request. */
  plugins: number;
  /** How many rules may be looked at; each takes about 30 ns. */
  steps: number;
};

/**
 * Far more than real registries need (an install of 50 plugins takes some 50,000 steps), and still a fraction of a second.
 */
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
