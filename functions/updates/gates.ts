/**
 * How many gates an index has: the highest ones of a software, which usually has a few. Where it has more, a device below
 * all of these gets its own version as its floor. Its answer is still right, but fewer devices share it.
 */
export const MOST_GATES = 20;

/**
 * The floor of a device: the highest gate at or below its version, "" where there is none.
 * @param gates the highest MOST_GATES as order keys, the highest first
 * @param key the device's version as an order key
 * @returns undefined where no gate is above the device, so that none can stop it
 */
export function floorOf(gates: readonly string[], key: string): string | undefined {
  if ((gates[0] ?? "") <= key) return undefined;
  return gates.find((gate) => gate <= key) ?? (gates.length < MOST_GATES ? "" : key);
}
