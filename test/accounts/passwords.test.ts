import { expect, test } from "vitest";
import { checkPassword, hashPassword } from "../../functions/accounts/sign-in/passwords.ts";
import type { Deps } from "../../functions/core/deps.ts";

const deps = {} as Deps;

test("a hash says how it was made and fits its password alone", async () => {
  const hash = await hashPassword(deps, "pass phrase");
  expect(hash).toMatch(/^\$scrypt\$ln=14,r=8,p=5\$[\w+/]{22}\$[\w+/]{43}$/);
  expect(await checkPassword(deps, "pass phrase", hash)).toEqual({ right: true, outdated: false });
  expect(await checkPassword(deps, "pass Phrase", hash)).toMatchObject({ right: false });
  expect(await hashPassword(deps, "pass phrase")).not.toBe(hash);
});

test("a password is the same however its letters are put together", async () => {
  const hash = await hashPassword(deps, "pâsswörd".normalize("NFC"));
  expect(await checkPassword(deps, "pâsswörd".normalize("NFD"), hash)).toMatchObject({ right: true });
});

test("nothing fits no hash, a damaged one or one of another kind", async () => {
  for (const stored of [undefined, "", "pass", "$2b$10$abc", "$scrypt$ln=14,r=8,p=5$$"]) {
    expect(await checkPassword(deps, "pass", stored)).toMatchObject({ right: false });
  }
});

test("more at once than there is memory for wait for each other", async () => {
  const hash = await hashPassword(deps, "pass phrase");
  const checks = Array.from({ length: 8 }, (_, n) => checkPassword(deps, n % 2 ? "pass phrase" : "x", hash));
  expect((await Promise.all(checks)).map(({ right }) => right)).toEqual(
    Array.from({ length: 8 }, (_, n) => n % 2 === 1),
  );
});
