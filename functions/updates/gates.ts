/**
 * Gates that an index knows of; a software has a few. Devices below more than these are told apart by their own versions, so
 * that their answers are right and only shared less.
 */
export const MOST_GATES = 20;

/**
 * Which of a software's gates a device has passed: the highest one at or below its version, "" where there is none.
 * @param gates the highest MOST_GATES as order keys, the highest first
 * @param key the device's version as an order key
 * @returns undefined where no gate is above it, so that none can stop it
 */
export function floorOf(gates: readonly string[], key: string): string | undefined {
  if ((gates[0] ?? "") <= key) return undefined;
  return gates.find((gate) => gate <= key) ?? (gates.length < MOST_GATES ? "" : key);
}
