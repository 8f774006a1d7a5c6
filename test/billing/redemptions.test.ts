import { describe, expect, test, vi } from "vitest";
import { disableCode } from "../../functions/billing/codes.ts";
import { redeemCode } from "../../functions/billing/redeem-code.ts";
import type { UserActor } from "../../functions/core/context.ts";
import { createDatabase } from "../../functions/core/database/database.ts";
import { useDomain, type Domain } from "../support/domain.ts";
import { startDatabaseProxy } from "../support/domain/database-proxy.ts";
import { admin, balanceOf, expectLedgerRight, ledgerOf, makeCode, newUser, newUsers } from "./billing.ts";

vi.setConfig({ testTimeout: 60_000 });

const openDomain = useDomain();
const HOUR_MS = 3_600_000;
const UNKNOWN = "OWL-2222-3333-4444";

const redeem = (domain: Domain, user: UserActor, code: string, address = "203.0.113.1") =>
  redeemCode(domain.isolate({}, user), { code, address });
const outcomeOf = (work: Promise<unknown>) =>
  work.then(
    () => "done",
    (error: Error) => error.message,
  );

async function outcomes(works: Promise<unknown>[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const outcome of await Promise.all(works.map(outcomeOf))) {
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
  return counts;
}

test("a code for 50, asked for 200 times at once by 80 users, is used by 50 of them, once each", async () => {
  const domain = await openDomain();
  const { code } = await makeCode(domain.ctx, { amount: 12.34, maxUses: 50 });
  const everybody = await newUsers(domain, 80);
  const asking = Array.from({ length: 200 }, (_, index) => everybody[index % 80] as UserActor);
  const counts = await outcomes(asking.map((user, index) => redeem(domain, user, code, `10.0.0.${index}`)));
  expect(counts).toEqual({ done: 50, RECHARGE_CODE_USED: 150 });

  const balances = await Promise.all(everybody.map(({ id }) => balanceOf(domain, id)));
  expect(balances.toSorted((a, b) => a - b)).toEqual([...Array(30).fill(0), ...Array(50).fill(1234)]);
  expect(await domain.rows("SELECT used FROM recharge_codes")).toEqual([{ used: 50 }]);
  expect(await domain.rows("SELECT id FROM login_attempts")).toEqual([]);
  await expectLedgerRight(domain);
});

describe("a doubtful network", () => {
  async function behindProxy(work: (domain: Domain, proxy: Proxy, user: UserActor) => Promise<void>) {
    const domain = await openDomain();
    const { LIBSQL_URL, LIBSQL_AUTH_TOKEN } = domain.deps.config;
    const proxy = await startDatabaseProxy(LIBSQL_URL);
    const db = createDatabase({ url: proxy.url, authToken: LIBSQL_AUTH_TOKEN });
    try {
      await work(
        { ...domain, isolate: (changes, actor) => domain.isolate({ db, ...changes }, actor) },
        proxy,
        await newUser(domain),
      );
    } finally {
      await proxy.stop();
    }
  }
  type Proxy = Awaited<ReturnType<typeof startDatabaseProxy>>;

  test("that loses the answer gives the money once, and says so when asked again", async () => {
    await behindProxy(async (domain, proxy, user) => {
      const { code } = await makeCode(domain.ctx);
      proxy.plan("lost");
      expect(await outcomeOf(redeem(domain, user, code))).toBe("SERVICE_UNAVAILABLE");
      expect(await outcomeOf(redeem(domain, user, code))).toBe("RECHARGE_CODE_USED");
      expect(await ledgerOf(domain, user.id)).toEqual([{ kind: "recharge", amount: 10_000 }]);
      await expectLedgerRight(domain);
    });
  });

  test("that loses the request gives nothing until it is asked again", async () => {
    await behindProxy(async (domain, proxy, user) => {
      const { code } = await makeCode(domain.ctx);
      proxy.plan("cut");
      expect(await outcomeOf(redeem(domain, user, code))).toBe("SERVICE_UNAVAILABLE");
      expect(await balanceOf(domain, user.id)).toBe(0);
      expect(await redeem(domain, user, code)).toMatchObject({ amount: 100, new_balance: 100 });
      await expectLedgerRight(domain);
    });
  });

  test("is crossed once, whatever the code", async () => {
    await behindProxy(async (domain, proxy, user) => {
      const { code } = await makeCode(domain.ctx);
      for (const typed of [code, code, UNKNOWN]) {
        const before = proxy.bodies.length;
        await outcomeOf(redeem(domain, user, typed));
        expect(proxy.bodies.length - before, typed).toBe(1);
      }
    });
  });
});

describe("a code that is not valid", () => {
  test("gives nothing: unknown, ended, disabled, or none at all", async () => {
    const domain = await openDomain();
    const user = await newUser(domain);
    const ended = await makeCode(domain.ctx, { expiresAt: domain.deps.clock() + HOUR_MS });
    const disabled = await makeCode(domain.ctx);
    await disableCode(domain.isolate({}, admin), disabled.id);
    domain.advance(HOUR_MS);
    for (const code of [UNKNOWN, ended.code, disabled.code, "a gift", "OWL-0000-1111-OOOO"]) {
      expect(await outcomeOf(redeem(domain, user, code)), code).toBe("INVALID_RECHARGE_CODE");
    }
    expect(await ledgerOf(domain, user.id)).toEqual([]);
    await expectLedgerRight(domain);
  });

  test("is called used where the user had it before it ended", async () => {
    const domain = await openDomain();
    const [user, other] = [await newUser(domain), await newUser(domain)];
    const { code } = await makeCode(domain.ctx, { maxUses: 2, expiresAt: domain.deps.clock() + HOUR_MS });
    await redeem(domain, user, code);
    domain.advance(HOUR_MS);
    expect(await outcomeOf(redeem(domain, user, code))).toBe("RECHARGE_CODE_USED");
    expect(await outcomeOf(redeem(domain, other, code))).toBe("INVALID_RECHARGE_CODE");
  });
});

describe("guessing", () => {
  test("ends after five codes for a quarter of an hour, for this user alone", async () => {
    const domain = await openDomain();
    const [user, other] = [await newUser(domain), await newUser(domain)];
    const { code } = await makeCode(domain.ctx, { maxUses: 2 });
    const guesses = Array.from({ length: 20 }, () => redeem(domain, user, UNKNOWN));
    expect(await outcomes(guesses)).toEqual({ INVALID_RECHARGE_CODE: 5, TOO_MANY_ATTEMPTS: 15 });
    await expect(redeem(domain, user, code)).rejects.toMatchObject({
      message: "TOO_MANY_ATTEMPTS",
      retryAfter: expect.any(Number),
    });
    expect(await redeem(domain, other, code)).toMatchObject({ new_balance: 100 });
    domain.advance(HOUR_MS / 4);
    expect(await redeem(domain, user, code)).toMatchObject({ new_balance: 100 });
    const refused = "SELECT actor FROM audit WHERE action = 'recharge.refuse'";
    expect(await domain.rows(refused)).toEqual(Array.from({ length: 5 }, () => ({ actor: user.id })));
  });

  test("ends after thirty codes from one address, whoever guesses", async () => {
    const domain = await openDomain();
    const users = await newUsers(domain, 8);
    const guesses = users.flatMap((user) => [1, 2, 3, 4].map(() => redeem(domain, user, UNKNOWN)));
    expect(await outcomes(guesses)).toEqual({ INVALID_RECHARGE_CODE: 30, TOO_MANY_ATTEMPTS: 2 });
    const last = await newUser(domain);
    expect(await outcomeOf(redeem(domain, last, UNKNOWN, "203.0.113.2"))).toBe("INVALID_RECHARGE_CODE");
  });
});
