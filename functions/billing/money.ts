import { z } from "zod";

/** Hundredths in a unit. */
const SCALE = 100;

/** An amount that a person enters, in units: a JSON number with at most two decimals, between `min` and `max`. */
export function amount({ min, max }: { min: number; max: number }) {
  return z
    .number()
    .min(min)
    .max(max)
    .check(({ value, issues }) => {
      if (units(hundredths(value)) === value) return;
      issues.push({ code: "not_multiple_of", origin: "number", divisor: 1 / SCALE, input: value });
    })
    .meta({ multipleOf: 1 / SCALE, example: 100.5 });
}

/** Units as integer hundredths. */
export const hundredths = (value: number): number => Math.round(value * SCALE);

/** Integer hundredths as units, the nearest number to the two decimals. */
export const units = (value: number): number => value / SCALE;
