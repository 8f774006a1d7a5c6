import { InvalidArgumentError } from "commander";

const MAX_JOBS = 32;

/** How many parts are sent at the same time, from a flag. */
export function jobCount(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= MAX_JOBS) return value;
  throw new InvalidArgumentError(`It must be from 1 to ${MAX_JOBS}.`);
}
