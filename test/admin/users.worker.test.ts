import { beforeAll, describe, expect, test } from "vitest";
import {
  bearer,
  isSignedIn,
  login,
  newAccount,
  newName,
  newSession,
  PASSWORD,
  type Account,
} from "../support/accounts.ts";
import { signedInSuite } from "../support/auth-suite.ts";
import { execute } from "../support/behind.ts";
import { sharedStack } from "../support/stack.ts";
import { asking, expectComputeError, expectFieldErrors, type Page, type User } from "./requests.ts";

const stack = sharedStack();
const expectError = expectComputeError;
const ownPath = (owner: Account) => Promise.resolve(`/api/admin/users/${owner.id}`);
const needs = "admin" as const;
const personOf = (username: string) => ({ username, email: `${username}@example.com`, password: PASSWORD });

signedInSuite(
  () => stack,
  [
    { method: "GET", path: "/api/admin/stats", needs, expectError },
    { method: "GET", path: "/api/admin/users", needs, expectError },
    { method: "POST", path: "/api/admin/users", body: personOf(newName()), needs, expectError },
    { method: "GET", path: ownPath, needs, expectError },
    { method: "PUT", path: ownPath, body: { full_name: "A" }, needs, expectError },
    { method: "GET", path: "/api/admin/config", needs, expectError },
    { method: "PUT", path: "/api/admin/config", body: {}, needs, expectError },
    { method: "GET", path: "/api/admin/jobs", needs, expectError },
    { method: "GET", path: "/api/logs/days?log_type=system", needs, expectError },
    { method: "GET", path: "/api/logs/system", needs, expectError },
    { method: "GET", path: "/api/logs/user-actions", needs, expectError },
    {
      method: "GET",
      path: "/api/logs/download?log_type=user-actions&date=2020-01-01",
      needs,
      expectError,
    },
  ],
);

let admin: Account;
const { get, post, put } = asking(
  () => stack,
  () => admin,
);
const update = (id: string, json: unknown) => put<User>(`/api/admin/users/${id}`, json);
beforeAll(async () => {
  admin = await newAccount(stack, "admin");
});

describe("statistics", () => {
  test("have the documented figures, and count accounts and active ones", async () => {
    const read = async () => (await get<Record<string, number>>("/api/admin/stats")).body.data;
    const before = await read();
    const [, inactive] = [await newAccount(stack), await newAccount(stack)];
    await update(inactive.id, { is_active: false });
    const after = await read();
    expect(Object.keys(after)).toEqual([
      "total_users",
      "active_users",
      "total_tasks",
      "running_tasks",
      "completed_tasks",
      "failed_tasks",
      "total_gpu_servers",
      "online_gpu_servers",
      "total_revenue",
      "total_recharged",
    ]);
    // Other files make accounts meanwhile.
    expect(Number(after.total_users)).toBeGreaterThanOrEqual(Number(before.total_users) + 2);
    expect(Number(after.active_users)).toBeLessThan(Number(after.total_users));
  });
});

describe("the list of users", () => {
  const list = (query: string) => get<Page<User>>(`/api/admin/users?${query}`);

  test("answers the contract's request", async () => {
    const account = await newAccount(stack);
    const { status, body } = await list("page=1&page_size=20&role=user&is_active=true");
    expect(status).toBe(200);
    expect(body.data).toMatchObject({ page: 1, page_size: 20, total: expect.any(Number) });
    expect(body.data.items.length).toBeLessThanOrEqual(20);
    for (const user of body.data.items) expect(user).toMatchObject({ role: "user", is_active: true });
    const found = await list(`search=${account.username}`);
    expect(found.body.data).toEqual({
      items: [
        {
          id: account.id,
          email: account.email,
          username: account.username,
          full_name: "",
          role: "user",
          is_active: true,
          balance: 0,
          total_tasks: 0,
          created_at: expect.stringMatching(/Z$/),
          last_login: null,
        },
      ],
      total: 1,
      page: 1,
      page_size: 20,
      total_pages: 1,
    });
  });

  test("filters, searches and pages as a reference does, the newest first", async () => {
    const name = newName();
    const made: Account[] = [];
    for (const [index, role] of (["user", "admin", "user", "user", "admin"] as const).entries()) {
      made.push(await newAccount(stack, role, `${name}-${index}_x`));
    }
    for (const { id } of [made[2], made[4]].flatMap((account) => account ?? [])) {
      await update(id, { is_active: false });
    }
    const reference = (role?: string, active?: boolean) =>
      made
        .map(({ id, role }, index) => ({ id, role, active: index !== 2 && index !== 4 }))
        .filter((user) => (role ? user.role === role : true))
        .filter((user) => (active === undefined ? true : user.active === active))
        .map(({ id }) => id)
        .toReversed();
    for (const role of [undefined, "user", "admin"]) {
      for (const active of [undefined, true, false]) {
        const expected = reference(role, active);
        const query = new URLSearchParams({ search: name.toUpperCase(), page_size: "2" });
        if (role) query.set("role", role);
        if (active !== undefined) query.set("is_active", String(active));
        const seen: string[] = [];
        for (const page of ["1", "2", "3"]) {
          query.set("page", page);
          const { data } = (await list(query.toString())).body;
          expect(data.total).toBe(expected.length);
          expect(data.total_pages).toBe(Math.ceil(expected.length / 2));
          seen.push(...data.items.map((user) => user.id));
        }
        expect(seen, query.toString()).toEqual(expected);
      }
    }
    expect((await list(`search=${name}-_`)).body.data.total).toBe(0);
    expect((await list(`search=${encodeURIComponent(`${name}%`)}`)).body.data.total).toBe(0);
    expect((await list(`search=${name}-1_x`)).body.data.total).toBe(1);
  });

  test("refuses what is no filter, field by field", async () => {
    expectFieldErrors(
      await list("page=0&page_size=101&role=root&is_active=1"),
      "page",
      "page_size",
      "role",
      "is_active",
    );
    expectFieldErrors(await list("is_active=True"), "is_active");
    expectFieldErrors(await list(`search=${"x".repeat(201)}`), "search");
  });
});

describe("making an account", () => {
  const make = (json: unknown) => post<User>("/api/admin/users", json);
  const userOf = async (username: string) =>
    (await get<Page<User>>(`/api/admin/users?search=${username}`)).body.data;
  const entriesOf = (id: string) =>
    execute(
      stack,
      "SELECT action, actor, detail FROM audit WHERE target = ? AND action LIKE 'user.%' ORDER BY id",
      [id],
    );

  test("gives it its role at once, audited as a change of it is", async () => {
    const [asked, changed] = [personOf(newName()), personOf(newName())];
    const made = await make({ ...asked, role: "admin", full_name: "张三" });
    expect(made.status, made.text).toBe(200);
    const { id } = made.body.data;
    expect(made.body.data).toEqual((await get<User>(`/api/admin/users/${id}`)).body.data);
    expect(made.body.data).toMatchObject({ role: "admin", is_active: true, full_name: "张三", balance: 0 });
    const { body } = await login(stack, { username: asked.username, password: PASSWORD });
    expect(body.data.user.role).toBe("admin");

    const { id: other } = (await make(changed)).body.data;
    expect(await userOf(changed.username)).toMatchObject({ items: [{ id: other, role: "user" }] });
    await update(other, { role: "admin" });
    const registered = ({ username }: { username: string }) => ({
      action: "user.register",
      actor: admin.id,
      detail: JSON.stringify({ username }),
    });
    const raised = { action: "user.change", actor: admin.id, detail: '{"role":"admin"}' };
    expect(await entriesOf(id)).toEqual([registered(asked), raised]);
    expect(await entriesOf(other)).toEqual([registered(changed), raised]);
  });

  test("refuses a role that there is not, and what registering refuses, and makes nothing", async () => {
    const person = personOf(newName());
    expectFieldErrors(await make({ ...person, role: "root" }), "role");
    expectFieldErrors(await make({ ...person, role: "admin", password: "12345" }), "password");
    expectFieldErrors(await make({ ...person, role: "admin", password: person.username }), "password");
    expectComputeError(await make({ ...person, username: admin.username }), 409, "USERNAME_EXISTS");
    expectComputeError(await make({ ...person, email: admin.email }), 409, "EMAIL_EXISTS");
    expect((await userOf(person.username)).total).toBe(0);
  });

  test("is no way for somebody else to become an administrator", async () => {
    const [person, user] = [personOf(newName()), await newAccount(stack)];
    const json = { ...person, role: "admin" };
    const refused = await stack.request("/api/admin/users", { json, headers: bearer(user.token) });
    expectComputeError(refused, 403);
    expect((await userOf(person.username)).total).toBe(0);
  });
});

describe("changing a user", () => {
  test("answers the contract's request, and each part of it acts", async () => {
    const account = await newAccount(stack);
    const { status, body } = await update(account.id, { role: "admin", is_active: false, balance: 200.0 });
    expect(status).toBe(200);
    expect(body.data).toMatchObject({ id: account.id, role: "admin", is_active: false, balance: 200 });
    expect(await isSignedIn(stack, account.token)).toBe(false);
    expect((await login(stack, { username: account.username, password: PASSWORD })).status).toBe(401);
    await update(account.id, { is_active: true });
    const again = await login(stack, { username: account.username, password: PASSWORD });
    expect(again.body.data.user.role).toBe("admin");
    const { body: found } = await get<User>(`/api/admin/users/${account.id}`);
    expect(found.data).toMatchObject({ role: "admin", is_active: true, balance: 200 });
  });

  test("a promotion keeps the user signed in, a demotion ends every session", async () => {
    const account = await newAccount(stack);
    const other = await newSession(stack, account.id);
    await update(account.id, { role: "admin" });
    const stats = () => stack.request("/api/admin/stats", { headers: bearer(other) });
    expect((await stats()).status).toBe(200);
    await update(account.id, { role: "user" });
    for (const token of [account.token, other]) expect(await isSignedIn(stack, token)).toBe(false);
  });

  test("a change that takes nothing away ends no session", async () => {
    const account = await newAccount(stack);
    await update(account.id, { role: "user", is_active: true, full_name: " 张三 ", balance: 1 });
    expect(await isSignedIn(stack, account.token)).toBe(true);
    const { body } = await get<User & { full_name: string }>(`/api/admin/users/${account.id}`);
    expect(body.data.full_name).toBe("张三");
  });

  test("a balance is set by a ledger entry of the difference, exactly", async () => {
    const account = await newAccount(stack);
    for (const balance of [0.1, 100.5, 0.3, 0.3, 0]) {
      expect((await update(account.id, { balance })).body.data.balance).toBe(balance);
    }
    const rows = await execute(
      stack,
      "SELECT kind, amount, actor FROM ledger WHERE user_id = ? ORDER BY id",
      [account.id],
    );
    expect(rows.map((row) => [row.kind, row.amount])).toEqual([
      ["adjustment", 10],
      ["adjustment", 10_040],
      ["adjustment", -10_020],
      ["adjustment", -30],
    ]);
    expect(rows.every((row) => row.actor === admin.id)).toBe(true);
  });

  test("is audited, with what was changed", async () => {
    const account = await newAccount(stack);
    await update(account.id, { full_name: "B", balance: 5 });
    const { body } = await get<Page<Record<string, unknown>>>(
      `/api/logs/user-actions?user_id=${admin.id}&page=1&page_size=50&action=user.change`,
    );
    expect(body.data.items[0]).toEqual({
      id: expect.any(Number),
      timestamp: expect.stringMatching(/Z$/),
      user_id: admin.id,
      username: admin.username,
      actor: admin.id,
      action: "user.change",
      target: account.id,
      details: { full_name: "B", balance: 5 },
    });
  });

  test("of nothing changes nothing", async () => {
    const account = await newAccount(stack);
    const { status, body } = await update(account.id, {});
    expect(status).toBe(200);
    expect(body.data.id).toBe(account.id);
  });

  test("refuses what no user can have", async () => {
    const { id } = await newAccount(stack);
    expectFieldErrors(await update(id, { role: "root" }), "role");
    expectFieldErrors(await update(id, { is_active: "yes" }), "is_active");
    for (const balance of [-0.01, 1.005, 1e12, "5"]) {
      expectFieldErrors(await update(id, { balance }), "balance");
    }
    for (const full_name of ["x".repeat(101), "\ud800"]) {
      expectFieldErrors(await update(id, { full_name }), "full_name");
    }
    expectFieldErrors(await update(id, []), "body");
    const { body } = await get<User>(`/api/admin/users/${id}`);
    expect(body.data).toMatchObject({ role: "user", is_active: true, balance: 0 });
  });

  test("an unknown user is not found, whatever is changed", async () => {
    for (const json of [{}, { role: "admin" }, { balance: 5 }, { is_active: false, balance: 5 }]) {
      expectComputeError(await update("usr_nobody", json), 404);
    }
    expectComputeError(await get("/api/admin/users/usr_nobody"), 404);
  });
});
