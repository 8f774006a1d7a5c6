import type { RateLimit } from "@cloudflare/workers-types";
import { expect, test } from "vitest";
import { createRateLimiter } from "../../../functions/core/http/rate-limit.ts";

const START = 1_763_600_000_000 - (1_763_600_000_000 % 60_000);

/** How many of `requests` are let through. */
async function passed(limiter: ReturnType<typeof createRateLimiter>, key: string, requests: number) {
  let count = 0;
  for (let request = 0; request < requests; request++) {
    try {
      await limiter.count(key);
      count++;
    } catch (error) {
      expect(error).toMatchObject({ code: "RATE_LIMIT_EXCEEDED" });
    }
  }
  return count;
}

test("a key gets its limit each minute and no more, whatever others do", async () => {
  let now = START;
  const limiter = createRateLimiter(5, undefined, () => now);
  expect(await passed(limiter, "a", 8)).toBe(5);
  expect(await passed(limiter, "b", 8)).toBe(5);
  now += 60_000;
  expect(await passed(limiter, "a", 8)).toBe(5);
});

test("a refusal says in how many seconds to come back", async () => {
  const limiter = createRateLimiter(1, undefined, () => START + 40_500);
  await limiter.count("a");
  await expect(async () => limiter.count("a")).rejects.toMatchObject({
    code: "RATE_LIMIT_EXCEEDED",
    retryAfter: 20,
    params: { seconds: 20 },
  });
});

test("the location's counter is asked about busy keys only, and its refusal counts", async () => {
  const asked: string[] = [];
  const binding: RateLimit = {
    limit: async ({ key }: { key: string }) => {
      asked.push(key);
      return { success: asked.length < 3 };
    },
  };
  const limiter = createRateLimiter(100, binding, () => START);
  expect(await passed(limiter, "quiet", 25)).toBe(25);
  expect(asked).toEqual([]);
  expect(await passed(limiter, "busy", 30)).toBe(27);
  expect(asked).toEqual(Array(5).fill("busy"));
});

test("a flood of addresses does not grow the memory for ever", async () => {
  const limiter = createRateLimiter(1, undefined, () => START);
  for (let address = 0; address < 20_000; address++) await limiter.count(`address ${address}`);
  await limiter.count("one more");
  expect(await passed(limiter, "address 0", 1)).toBe(1);
});
