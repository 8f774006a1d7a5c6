import { expect, test } from "vitest";
import { newId, newSecret } from "../../functions/kit/ids.ts";

test("an id is its prefix and 26 characters that need no escaping anywhere", () => {
  expect(newId("upl")).toMatch(/^upl_[0-9a-hjkmnp-tv-z]{26}$/);
});

test("ids of later milliseconds sort after earlier ones, across all carries", () => {
  const times = [0, 1, 31, 32, 1023, 1024, 1_763_600_000_000, 1_763_600_000_001, 2 ** 45, 2 ** 48];
  const ids = times.map((time) => newId("upl", time));
  expect(ids.toSorted()).toEqual(ids);
});

test("ids made within one millisecond differ", () => {
  const ids = Array.from({ length: 10_000 }, () => newId("upl", 1_763_600_000_000));
  expect(new Set(ids).size).toBe(ids.length);
});

test("a secret carries 256 random bits in base64url", () => {
  const secrets = Array.from({ length: 1_000 }, () => newSecret("sk"));
  expect(new Set(secrets).size).toBe(secrets.length);
  for (const secret of secrets) {
    expect(secret).toMatch(/^sk_[A-Za-z0-9_-]{43}$/);
    expect(Buffer.from(secret.slice(3), "base64url").length).toBe(32);
  }
});
