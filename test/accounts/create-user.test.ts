import { expect, test, vi } from "vitest";
import { createUser } from "../../functions/accounts/users.ts";
import { newUser } from "../compute/tasks-domain.ts";
import { useDomain } from "../support/domain.ts";
import { atEveryCall, failingAt, faultModes } from "../support/domain/faults.ts";

vi.setConfig({ testTimeout: 60_000 });

const openDomain = useDomain();
const dora = { username: "dora", email: "dora@example.com", password: "pass phrase", role: "admin" as const };
const whole = { accounts: [{ role: "admin" }], entries: ["user.register", "user.change"] };
const nothing = { accounts: [], entries: [] };

test.each(faultModes)(
  "when any call %s, an administrator's account is there whole or not at all",
  async (mode) => {
    const seen: unknown[] = [];
    await atEveryCall(async (at) => {
      const domain = await openDomain();
      const { actor } = await newUser(domain, 0, "admin");
      const there = async () => {
        const accounts = await domain.rows("SELECT role FROM users WHERE username = 'dora'");
        const entries = await domain.rows<{ action: string }>(
          "SELECT action FROM audit WHERE action LIKE 'user.%' ORDER BY id",
        );
        return { accounts, entries: entries.map(({ action }) => action) };
      };
      const fault = failingAt(domain.deps, at, mode);
      await createUser(domain.isolate(fault.deps, actor), dora).catch(() => undefined);
      seen.push(await there());
      await createUser(domain.isolate({}, actor), dora).catch(() => undefined);
      expect(await there(), `call ${at}`).toEqual(whole);
      return fault.reached();
    });
    expect(seen).toEqual([mode.endsWith("before") ? nothing : whole, whole]);
  },
);
