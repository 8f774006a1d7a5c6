import { expect, test } from "vitest";
import { fromAnywhere } from "../support/accounts.ts";
import { execute } from "../support/behind.ts";
import { expectProblem } from "../support/publish.ts";
import { sharedStack } from "../support/stack.ts";
import { expectRefusal, keep, newUserKey } from "./backups.ts";

const stack = sharedStack();

type From = ReturnType<typeof fromAnywhere>;
const list = (user_key: string, headers: From) =>
  stack.request("/api/backups/list", { json: { user_key }, headers });
const download = (user_key: string, id: number, headers: From) =>
  stack.request("/api/backups/download", { json: { user_key, id }, headers });
const remove = (user_key: string, id: number, headers: From) =>
  stack.request(`/api/v1/backups/${id}`, { method: "DELETE", json: { user_key }, headers });

test("of a hundred guesses at once an address has sixty answered, and others are not slowed", async () => {
  const user_key = newUserKey();
  const { id } = await keep(stack, { user_key });
  const from = fromAnywhere();
  const guesses = Array.from({ length: 100 }, (_, n) =>
    n % 2 ? list(newUserKey(), from) : download(newUserKey(), id, from),
  );
  const answers = await Promise.all(guesses);
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused).toHaveLength(40);
  for (const answer of refused) {
    expectRefusal(answer, 429, /Too many keys/);
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(800);
  }
  // The right one is no better there: the answer would tell which one it is.
  expectRefusal(await list(user_key, from), 429);
  expectRefusal(await download(user_key, id, from), 429);
  expectProblem(await remove(user_key, id, from), 429, "TOO_MANY_ATTEMPTS");
  const elsewhere = fromAnywhere();
  expect((await list(user_key, elsewhere)).status).toBe(200);
  expect((await download(user_key, id, elsewhere)).status).toBe(303);
  await execute(stack, "UPDATE login_attempts SET at = at - 900000 WHERE address = ?", [
    `user-key:${from["cf-connecting-ip"]}`,
  ]);
  expect((await remove(user_key, id, from)).status).toBe(204);
});

test("a key without backups may be asked for again and again, and right ones as well", async () => {
  const [from, empty, user_key] = [fromAnywhere(), newUserKey(), newUserKey()];
  const { id } = await keep(stack, { user_key });
  for (let n = 0; n < 70; n++) expect((await list(empty, from)).status).toBe(200);
  for (let n = 0; n < 70; n++) expect((await download(user_key, id, from)).status).toBe(303);
});
