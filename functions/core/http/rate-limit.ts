import type { RateLimit } from "@cloudflare/workers-types";
import { AppError } from "../errors.ts";

/** The periods that the rate limit binding knows are 10 and 60 seconds. */
const WINDOW_MS = 60_000;
/** Addresses that are remembered at once. A flood of more ends the window early, so that memory stays bounded. */
const MAX_ADDRESSES = 20_000;

export interface RateLimiter {
  /**
   * Counts a request of `key`, or as many of what it brings as `amount` says.
   * @throws AppError RATE_LIMIT_EXCEEDED with the seconds until the window ends. None of the amount is counted then.
   */
  count(key: string, amount?: number): Promise<void> | undefined;
}

/**
 * Allows at most `limit` requests a minute for each key. Each isolate counts by itself. The binding counts for a whole
 * location, but asking it costs as much as the cheapest answer: it is asked only about keys that have used a quarter of
 * their limit in this isolate.
 */
export function createRateLimiter(
  limit: number,
  binding: RateLimit | undefined,
  clock: () => number,
): RateLimiter {
  const freeShare = Math.ceil(limit / 4);
  let windowEnd = 0;
  let counts = new Map<string, number>();

  const refuse = (now: number) => {
    const seconds = Math.max(1, Math.ceil((windowEnd - now) / 1000));
    return new AppError("RATE_LIMIT_EXCEEDED", { seconds }, { retryAfter: seconds });
  };

  return {
    count(key, amount = 1) {
      const now = clock();
      if (now >= windowEnd || counts.size >= MAX_ADDRESSES) {
        windowEnd = now - (now % WINDOW_MS) + WINDOW_MS;
        counts = new Map();
      }
      const used = (counts.get(key) ?? 0) + amount;
      if (used > limit) throw refuse(now);
      counts.set(key, used);
      if (used <= freeShare || !binding) return undefined;
      return binding.limit({ key }).then(({ success }) => {
        if (!success) throw refuse(now);
      });
    },
  };
}
