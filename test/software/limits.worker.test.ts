import { expect, test } from "vitest";
import { ownStack } from "../support/own-stack.ts";
import { expectRefusal } from "../support/software.ts";

const stack = ownStack({ QUERIES_PER_MINUTE: "4" });

test("an address has its checks a minute, and is told when to come back", async () => {
  const json = { akey: "soft_none", vkey: "none" };
  const check = (index: number) =>
    stack().request(`/api/check/${index % 2 ? "legality" : "update"}`, { json });
  const answers = [];
  // A minute may turn meanwhile: of nine, one of the two has more than four.
  for (let index = 0; index < 9; index++) answers.push(await check(index));
  const refused = answers.find(({ status }) => status === 429);
  expect(answers.slice(0, 4).map(({ status }) => status)).toEqual([404, 404, 404, 404]);
  if (!refused) throw new Error("nothing was refused");
  expectRefusal(refused, 429);
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
});
