import { expect, test } from "vitest";
import { bearer, newAccount } from "../support/accounts.ts";
import { sharedStack } from "../support/stack.ts";

const stack = sharedStack();
const PATH = "/api/v1/money-records";
type Movements = { items: { id: string; username: string; amount: number }[]; total: number };

test("administrators look through everybody's money over HTTP, and nobody else does", async () => {
  const [admin, user] = [await newAccount(stack, "admin"), await newAccount(stack)];
  const headers = bearer(admin.token);
  const json = { balance: 12.5 };
  await stack.request(`/api/admin/users/${user.id}`, { method: "PUT", headers, json });

  const begun = new Date(Date.now() - 60_000).toISOString();
  const query = `user_id=${user.id}&type=adjustment&from=${begun}&to=${new Date().toISOString()}`;
  const { body, status } = await stack.request<Movements>(`${PATH}?${query}`, { headers });
  expect(status).toBe(200);
  expect(body).toMatchObject({ total: 1, page: 1, total_pages: 1 });
  expect(body.items).toMatchObject([{ type: "adjustment", amount: 12.5, user_id: user.id, task_id: null }]);
  expect(body.items[0]).not.toHaveProperty("balance_after");

  expect((await stack.request(PATH, { headers: bearer(user.token) })).status).toBe(403);
  expect((await stack.request(PATH)).status).toBe(401);
  for (const bad of ["type=gift", "from=yesterday", "to=2026-01-01", "page=0", "page_size=101"]) {
    expect((await stack.request(`${PATH}?${bad}`, { headers })).status, bad).toBe(400);
  }
});
