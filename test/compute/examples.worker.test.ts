import { expect, test } from "vitest";
import { bearer, fromAnywhere, newAccount, PASSWORD } from "../support/accounts.ts";
import { recharge, stack, type Success, type Task } from "./tasks-client.ts";

type Login = Success<{ access_token: string }>;
type Me = Success<{ id: string; email: string; balance: number }>;

test("the documented curl commands and Python functions: sign in, who one is, a task", async () => {
  const account = await newAccount(stack);
  await recharge(account, 10_000);
  const { email } = account;
  const signedIn = await stack.request<Login>("/api/auth/login", {
    json: { email, password: PASSWORD },
    headers: fromAnywhere(),
  });
  expect(signedIn.status).toBe(200);
  const headers = bearer(signedIn.body.data.access_token);

  const me = await stack.request<Me>("/api/users/me", { headers });
  expect(me.body.data).toMatchObject({ id: account.id, email, balance: 100 });

  const task = { title: "测试任务", task_type: "test", description: "这是一个测试任务" };
  const created = await stack.request<Success<Task>>("/api/tasks", { json: task, headers });
  expect(created.status, created.text).toBe(200);
  expect(created.body.data).toMatchObject({ ...task, status: "pending", progress: 0 });

  const refused = await stack.request("/api/auth/login", {
    json: { email, password: "admin123" },
    headers: fromAnywhere(),
  });
  expect(refused.status).toBe(401);
});

test("unknown fields are ignored, and a trailing slash never matters", async () => {
  const account = await newAccount(stack);
  await recharge(account, 10_000);
  const headers = bearer(account.token);
  const json = { title: "t", task_type: "test", comment: "none" };
  const created = await stack.request<Success<Task>>("/api/tasks/", { json, headers });
  expect(created.status, created.text).toBe(200);
  const paths = ["/api/tasks/?page=1&comment=none", `/api/tasks/${created.body.data.id}/`, "/api/users/me/"];
  for (const path of paths) expect((await stack.request(path, { headers })).status, path).toBe(200);
});
