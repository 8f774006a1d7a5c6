import { expect, test, vi } from "vitest";
import { changePassword } from "../../functions/accounts/sign-in/change-password.ts";
import { signIn, type SignIn } from "../../functions/accounts/sign-in/sign-in.ts";
import { registerUser } from "../../functions/accounts/users.ts";
import { findSession } from "../../functions/accounts/sign-in/sessions.ts";
import type { Ctx } from "../../functions/core/context.ts";
import type { Database } from "../../functions/core/database/database.ts";
import { useDomain, type Domain } from "../support/domain.ts";
import { aroundWrites } from "../support/domain/writes.ts";

vi.setConfig({ testTimeout: 60_000 });

const openDomain = useDomain();
const MINUTE_MS = 60_000;
const settings = {
  ADMIN_USERNAME: "root",
  ADMIN_EMAIL: "root@example.com",
  ADMIN_PASSWORD: "first password",
};
const root: SignIn = { name: "root", password: "first password", from: { address: "203.0.113.1" } };
const ana: SignIn = { name: "ana", password: "pass phrase", from: { address: "203.0.113.2" } };
const wrong = { ...ana, password: "wrong" };

const register = (ctx: Ctx, username = "ana") =>
  registerUser(ctx, { username, email: `${username}@example.com`, password: ana.password });
const users = (domain: Domain) => domain.rows<{ username: string; role: string }>("SELECT * FROM users");
const count = async (domain: Domain, table: string) => (await domain.rows(`SELECT 1 FROM ${table}`)).length;

/** A context that counts its round trips to the database. */
function counted(domain: Domain) {
  const { db } = domain.deps;
  const trips = { count: 0 };
  const counting: Database = {
    ...aroundWrites(db, (write) => (trips.count++, write())),
    read: (run) => (trips.count++, db.read(run)),
    readBatch: (build) => (trips.count++, db.readBatch(build)),
  };
  return { ctx: domain.isolate({ db: counting }, { type: "nobody" }), trips };
}

test("the first administrator is made once, by whoever comes first", async () => {
  const domain = await openDomain({ settings });
  const attempts = Array.from({ length: 4 }, () => signIn(domain.isolate(), root));
  await Promise.all([...attempts, domain.cron("* * * * *"), domain.cron("* * * * *")]);
  expect(await users(domain)).toMatchObject([{ username: "root", email: "root@example.com", role: "admin" }]);
  const made = "SELECT * FROM audit WHERE action = 'user.first_admin'";
  expect(await domain.rows(made)).toHaveLength(1);
});

test("the first administrator is not made again, nor changed, by other settings", async () => {
  const domain = await openDomain({ settings });
  await signIn(domain.isolate(), root);
  const config = { ...domain.deps.config, ADMIN_PASSWORD: "second password", ADMIN_USERNAME: "other" };
  await domain.cron("* * * * *", { config });
  const later = () => domain.isolate({ config });
  await expect(signIn(later(), { ...root, name: "other", password: "second password" })).rejects.toThrow(
    "INVALID_CREDENTIALS",
  );
  await expect(signIn(later(), { ...root, password: "second password" })).rejects.toThrow(
    "INVALID_CREDENTIALS",
  );
  expect((await signIn(later(), { ...root, name: "root@example.com" })).user.role).toBe("admin");
  expect(await users(domain)).toHaveLength(1);
});

test("without a password in the settings there is no first administrator", async () => {
  const domain = await openDomain({ settings: { ...settings, ADMIN_PASSWORD: "" } });
  await expect(signIn(domain.ctx, root)).rejects.toThrow("INVALID_CREDENTIALS");
  await domain.cron("* * * * *");
  expect(await users(domain)).toEqual([]);
});

test("signing in takes two round trips, right or wrong, known or not", async () => {
  const domain = await openDomain();
  await register(domain.ctx);
  for (const input of [ana, wrong, { ...wrong, name: "nobody-known" }]) {
    const { ctx, trips } = counted(domain);
    await signIn(ctx, input).catch(() => undefined);
    expect(trips.count, JSON.stringify(input)).toBe(2);
  }
  const { token } = await signIn(domain.ctx, ana);
  const { ctx, trips } = counted(domain);
  const change = {
    proof: { token },
    current: ana.password,
    next: "new pass phrase",
    address: "a",
    field: "new_password",
  };
  await changePassword(ctx, change);
  expect(trips.count).toBe(2);
});

test("attempts of several isolates are counted together, and pass", async () => {
  const domain = await openDomain();
  await register(domain.ctx);
  const tries = await Promise.allSettled(Array.from({ length: 12 }, () => signIn(domain.isolate(), wrong)));
  const codes = tries.map((tried) => (tried.status === "rejected" ? (tried.reason as Error).message : "in"));
  expect(codes.filter((code) => code === "INVALID_CREDENTIALS")).toHaveLength(5);
  expect(codes.filter((code) => code === "TOO_MANY_ATTEMPTS")).toHaveLength(7);
  await expect(signIn(domain.ctx, ana)).rejects.toMatchObject({ code: "TOO_MANY_ATTEMPTS" });
  domain.advance(15 * MINUTE_MS);
  expect((await signIn(domain.ctx, ana)).user.username).toBe("ana");
});

test("an attempt whose Worker died counts as wrong", async () => {
  const domain = await openDomain();
  const { id } = await register(domain.ctx);
  for (let n = 0; n < 5; n++) {
    const at = domain.deps.clock() - MINUTE_MS;
    await domain.rows({
      sql: "INSERT INTO login_attempts VALUES (?, ?, 'x', ?)",
      args: [`try_${n}`, id, at],
    });
  }
  await expect(signIn(domain.ctx, ana)).rejects.toMatchObject({ code: "TOO_MANY_ATTEMPTS", retryAfter: 840 });
});

test("a password changed while the old one is being checked lets nobody in", async () => {
  const domain = await openDomain();
  await register(domain.ctx);
  const { db } = domain.deps;
  let writes = 0;
  const changed = aroundWrites(db, async (write) => {
    if (++writes === 2) await domain.rows("UPDATE users SET token_version = token_version + 1");
    return write();
  });
  const slow = domain.isolate({ db: changed });
  await expect(signIn(slow, ana)).rejects.toMatchObject({ code: "INVALID_CREDENTIALS" });
  expect(await count(domain, "sessions")).toBe(0);
});

test("every ten minutes ended sessions and old attempts go, the others stay", async () => {
  const domain = await openDomain();
  await register(domain.ctx);
  await signIn(domain.ctx, { ...ana, name: "ana@example.com" });
  await signIn(domain.ctx, wrong).catch(() => undefined);
  domain.advance(10 * MINUTE_MS);
  const lasting = await signIn(domain.ctx, ana);
  await domain.cron("*/10 * * * *");
  expect([await count(domain, "sessions"), await count(domain, "login_attempts")]).toEqual([2, 1]);
  domain.advance(25 * MINUTE_MS);
  await domain.cron("*/10 * * * *");
  expect([await count(domain, "sessions"), await count(domain, "login_attempts")]).toEqual([1, 0]);
  expect(await findSession(domain.deps, { token: lasting.token })).toMatchObject({
    username: "ana",
    role: "user",
  });
});
