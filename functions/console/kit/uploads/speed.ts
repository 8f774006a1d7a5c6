/** Older than this, what was sent says little of how fast it goes now. */
const WINDOW_MS = 3_000;
/** Over less time than this, a speed would jump about. */
const LEAST_MS = 500;

/**
 * Measures how fast something goes. The function is told each time how many bytes have been sent by a moment in milliseconds.
 * @returns bytes a second over the last three seconds; undefined while nothing can be said
 */
export function createSpeedometer(): (bytes: number, at: number) => number | undefined {
  let seen: { bytes: number; at: number }[] = [];
  return (bytes, at) => {
    seen = [...seen.filter((one) => at - one.at <= WINDOW_MS && one.bytes <= bytes), { bytes, at }];
    const [first] = seen;
    if (!first || at - first.at < LEAST_MS) return undefined;
    return ((bytes - first.bytes) * 1000) / (at - first.at);
  };
}
