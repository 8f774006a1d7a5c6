import { expect, test } from "vitest";
import { getStats } from "../../functions/admin/get-stats.ts";
import { redeemCode } from "../../functions/billing/redeem-code.ts";
import { cancelTask } from "../../functions/compute/tasks/cancel-task.ts";
import { makeCode } from "../billing/billing.ts";
import { assign, newServer, newTask, newUser } from "../compute/tasks-domain.ts";
import { useDomain } from "../support/domain.ts";

const openDomain = useDomain();

test("revenue is what was charged, not what was recharged or is held; recharges stand beside it", async () => {
  const domain = await openDomain();
  const [user, admin] = [await newUser(domain, 10_000), await newUser(domain, 0, "admin")];
  expect(await getStats(admin)).toMatchObject({ total_revenue: 0, total_recharged: 0 });
  const { code } = await makeCode(domain.ctx, { amount: 12.5 });
  await redeemCode(user, { code, address: "10.0.0.1" });
  const [paid, free] = [await newTask(user), await newTask(user)];
  await newTask(user);
  await assign(domain, paid.id, (await newServer(domain)).id);
  domain.advance(10 * 60_000);
  const { cost } = await cancelTask(user, paid.id);
  await cancelTask(user, free.id);
  expect(cost).toBeGreaterThanOrEqual(1);
  expect(await getStats(admin)).toMatchObject({ total_revenue: cost, total_recharged: 12.5 });
});
