/** A set of small numbers as 32-bit words. Sets that are combined have equally many words. */
export type Choices = readonly number[];

const WORD = 32;

/** A set of numbers below `size`. */
export function choicesOf(size: number, numbers: Iterable<number> = []): Choices {
  const words = Array.from({ length: Math.ceil(size / WORD) }, () => 0);
  for (const number of numbers) words[number >> 5] = (words[number >> 5] ?? 0) | (1 << (number & 31));
  return words;
}

export function isEmpty(choices: Choices): boolean {
  return choices.every((word) => word === 0);
}

export function isSubset(a: Choices, b: Choices): boolean {
  for (let i = 0; i < a.length; i++) if (((a[i] ?? 0) & ~(b[i] ?? 0)) !== 0) return false;
  return true;
}

export function meets(a: Choices, b: Choices): boolean {
  for (let i = 0; i < a.length; i++) if (((a[i] ?? 0) & (b[i] ?? 0)) !== 0) return true;
  return false;
}

export const union = (a: Choices, b: Choices): Choices => a.map((word, i) => word | (b[i] ?? 0));
export const intersection = (a: Choices, b: Choices): Choices => a.map((word, i) => word & (b[i] ?? 0));
export const difference = (a: Choices, b: Choices): Choices => a.map((word, i) => word & ~(b[i] ?? 0));

/** The lowest number of a set that is not empty. */
export function lowest(choices: Choices): number {
  const index = choices.findIndex((word) => word !== 0);
  const word = choices[index] ?? 0;
  return index * WORD + 31 - Math.clz32(word & -word);
}

/** The numbers of a set, from the lowest on. */
export function numbersOf(choices: Choices): number[] {
  return choices.flatMap((word, index) =>
    Array.from({ length: WORD }, (_, i) => i).flatMap((i) => (word & (1 << i) ? [index * WORD + i] : [])),
  );
}
