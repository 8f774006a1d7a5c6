import { expect, test } from "vitest";
import { nameKey, slugsFor } from "../../functions/releases/names.ts";

const akey = "soft_01k8f3q5zj7m0c2w9x4e6t8r1a";

test.each([
  ["Omega Studio", "omega-studio"],
  ["  --Émile & Zoë's “App” 2.0!", "emile-zoe-s-app-2-0"],
  ["ＦＵＬＬ width", "full-width"],
  ["光影 Player", "player"],
  ["a".repeat(100), "a".repeat(64)],
  [`${"a".repeat(63)} b`, "a".repeat(63)],
])("%s has the slug %s", (name, slug) => {
  const [preferred, unique] = slugsFor(name, akey);
  expect(preferred).toBe(slug);
  expect(unique).toMatch(/^[a-z0-9][a-z0-9-]*-6t8r1a$|-[a-z0-9]{8}$/);
  expect(unique.length).toBeLessThanOrEqual(64);
});

test.each(["光影", "", "!!!", "🙂"])("%s has a slug of its akey", (name) => {
  expect(slugsFor(name, akey)).toEqual(["s-4e6t8r1a", `s-${akey.slice(-16)}`]);
});

test("names that differ in case, width or composition are one", () => {
  for (const same of ["ÄPFEL", "äpfel", "a\u0308pfel", "Äｐｆｅｌ"]) expect(nameKey(same)).toBe("äpfel");
  expect(nameKey("apfel")).not.toBe("äpfel");
});
