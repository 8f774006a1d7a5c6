/** Names given one by one, or several between commas. */
export const namesIn = (given: readonly string[]): string[] =>
  given.flatMap((text) => text.split(/[\s,]+/)).filter(Boolean);
