import { expect, test, vi } from "vitest";
import { changePassword } from "../../functions/accounts/sign-in/change-password.ts";
import { signIn, type SignedIn, type SignIn } from "../../functions/accounts/sign-in/sign-in.ts";
import { registerUser } from "../../functions/accounts/users.ts";
import { useDomain, type Domain } from "../support/domain.ts";

vi.setConfig({ testTimeout: 60_000 });

const openDomain = useDomain();
const DAY_MS = 86_400_000;
const PASSWORD = "pass phrase";
const home = { address: "203.0.113.7" };
const elsewhere = { address: "198.51.100.1" };

const register = (domain: Domain, username = "ana") =>
  registerUser(domain.ctx, { username, email: `${username}@example.com`, password: PASSWORD });
const enter = (domain: Domain, from: SignIn["from"], name = "ana"): Promise<SignedIn> =>
  signIn(domain.isolate(), { name, password: PASSWORD, from });
const miss = async (domain: Domain, from: SignIn["from"], times: number, name = "ana") => {
  const codes: string[] = [];
  for (let n = 0; n < times; n++) {
    const tried = signIn(domain.isolate(), { name, password: `guess ${n}`, from });
    codes.push(
      await tried.then(
        () => "in",
        (error: Error) => error.message,
      ),
    );
  }
  return codes;
};
/** Wrong passwords of just now, by the expressions of their accounts and addresses. */
async function wrongOnes(domain: Domain, count: number, of: (n: number) => [string, string]): Promise<void> {
  for (let n = 0; n < count; n++) {
    const [account, address] = of(n);
    const sql = `INSERT INTO login_attempts SELECT 'bad_${n}', ${account}, ${address}, ${domain.deps.clock()}`;
    await domain.rows(sql);
  }
}
/** Others try this account's password from everywhere, until none is taken any more. */
async function attack(domain: Domain): Promise<void> {
  await miss(domain, { address: "192.0.2.1" }, 1);
  await wrongOnes(domain, 4, () => ["(SELECT id FROM users WHERE username = 'ana')", "'192.0.2.2'"]);
  expect(await miss(domain, { address: "192.0.2.99" }, 1)).toEqual(["TOO_MANY_ATTEMPTS"]);
}

test("who signed in from an address lately is not kept out by what others try", async () => {
  const domain = await openDomain();
  await register(domain);
  await enter(domain, home);
  await attack(domain);
  await expect(enter(domain, elsewhere)).rejects.toMatchObject({ code: "TOO_MANY_ATTEMPTS" });
  expect((await enter(domain, home)).user.username).toBe("ana");
  expect(
    (await signIn(domain.isolate(), { name: "ana@example.com", password: PASSWORD, from: home })).token,
  ).toBeTruthy();
});

test("nor who comes with the same device from another address", async () => {
  const domain = await openDomain();
  await register(domain);
  await register(domain, "bob");
  const { device } = await enter(domain, home);
  const { device: bobs } = await enter(domain, { address: "203.0.113.8" }, "bob");
  await attack(domain);
  for (const wrong of [bobs, `${device}x`, "", "a.b.c"]) {
    const tried = enter(domain, { ...elsewhere, device: wrong });
    await expect(tried, wrong).rejects.toMatchObject({ code: "TOO_MANY_ATTEMPTS" });
  }
  const again = await enter(domain, { ...elsewhere, device });
  expect((await enter(domain, { address: "198.51.100.2", device: again.device })).user.username).toBe("ana");
});

test("what is tried from there is limited too, and locks nobody else out", async () => {
  const domain = await openDomain();
  await register(domain);
  const { device } = await enter(domain, home);
  expect(await miss(domain, home, 6)).toEqual([
    ...Array.from({ length: 5 }, () => "INVALID_CREDENTIALS"),
    "TOO_MANY_ATTEMPTS",
  ]);
  await expect(enter(domain, home)).rejects.toMatchObject({ code: "TOO_MANY_ATTEMPTS" });
  expect((await enter(domain, { ...home, device })).user.username).toBe("ana");
  expect((await enter(domain, elsewhere)).user.username).toBe("ana");
});

test("thirty wrong ones for other accounts from a shared address keep nobody out who was there before", async () => {
  const domain = await openDomain();
  await register(domain);
  await register(domain, "newcomer");
  await enter(domain, home);
  await wrongOnes(domain, 30, (n) => [`'name:${n}'`, `'${home.address}'`]);
  await expect(enter(domain, home, "newcomer")).rejects.toMatchObject({ code: "TOO_MANY_ATTEMPTS" });
  expect((await enter(domain, home)).user.username).toBe("ana");
});

test("an address and a device are forgotten when nobody has signed in there for ninety days", async () => {
  const domain = await openDomain();
  await register(domain);
  const { device } = await enter(domain, home);
  domain.advance(91 * DAY_MS);
  await attack(domain);
  await expect(enter(domain, { ...home, device })).rejects.toMatchObject({ code: "TOO_MANY_ATTEMPTS" });
  await domain.cron("17 3 * * *");
  expect(await domain.rows("SELECT 1 FROM sign_in_origins")).toEqual([]);
});

test("what others try keeps nobody who is signed in from changing the password", async () => {
  const domain = await openDomain();
  await register(domain);
  const { token } = await enter(domain, home);
  await attack(domain);
  const change = {
    proof: { token },
    current: PASSWORD,
    next: "a new pass phrase",
    field: "new_password",
    ...elsewhere,
  };
  await expect(changePassword(domain.ctx, { ...change, current: "wrong" })).rejects.toThrow("WRONG_PASSWORD");
  await changePassword(domain.ctx, change);
  await expect(enter(domain, home)).rejects.toMatchObject({ code: "INVALID_CREDENTIALS" });
});
