import { describe, expect, test } from "vitest";
import {
  bearer,
  deactivate,
  expectRefusal,
  fromAnywhere,
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
import { expectProblem } from "../support/publish.ts";
import { sharedStack, type Answer } from "../support/stack.ts";

const stack = sharedStack();
const NEW_PASSWORD = "another long pass phrase";

const codes = { 401: "INVALID_CREDENTIALS", 403: "ACCESS_DENIED", 404: "RESOURCE_NOT_FOUND" } as const;
const keyCodes = { 401: "INVALID_API_KEY", 403: "ACCESS_DENIED", 404: "NOT_FOUND" } as const;
const accountError = (answer: Answer<unknown>, status: keyof typeof codes) =>
  expectRefusal(answer, status, codes[status]);
const keyError = (answer: Answer<unknown>, status: keyof typeof codes) =>
  expectProblem(answer, status, keyCodes[status]);
const codeError = (answer: Answer<unknown>, status: number) =>
  expect(answer.body).toEqual({ code: status, message: expect.any(String) });
const passwords = { current_password: PASSWORD, new_password: NEW_PASSWORD };

signedInSuite(
  () => stack,
  [
    { method: "POST", path: "/api/auth/logout", needs: "user", expectError: accountError },
    { method: "GET", path: "/api/users/me", needs: "user", expectError: accountError },
    {
      method: "GET",
      path: "/api/v1/users/me",
      needs: "user",
      expectError: ({ body }) => expect(body).toEqual({ detail: "Unauthorized" }),
    },
    {
      method: "PUT",
      path: "/api/users/me",
      body: { full_name: "A" },
      needs: "user",
      expectError: accountError,
    },
    {
      method: "POST",
      path: "/api/users/change-password",
      body: passwords,
      needs: "user",
      expectError: accountError,
    },
    {
      method: "PUT",
      path: "/api/admin/password",
      body: { old_password: PASSWORD, new_password: NEW_PASSWORD },
      needs: "admin",
      expectError: codeError,
    },
    { method: "GET", path: "/api/v1/api-keys", needs: "admin", expectError: keyError },
    {
      method: "POST",
      path: "/api/v1/api-keys",
      body: { name: "of an administrator", scopes: ["packages:read"] },
      needs: "admin",
      expectError: keyError,
    },
    { method: "DELETE", path: "/api/v1/api-keys/key_none", needs: "admin", expectError: keyError },
  ],
);

test("the signed-in user is shown to clients of the catalogue as they know one", async () => {
  const [user, admin] = [await newAccount(stack), await newAccount(stack, "admin")];
  const shown = async ({ token }: Account) =>
    (await stack.request("/api/v1/users/me", { headers: bearer(token) })).body;
  const common = { is_active: true, created_at: expect.stringMatching(/Z$/) };
  expect(await shown(user)).toEqual({
    ...common,
    id: user.id,
    email: user.email,
    full_name: null,
    is_superuser: false,
  });
  const json = { full_name: "Ada Lovelace" };
  await stack.request("/api/users/me", { method: "PUT", json, headers: bearer(admin.token) });
  expect(await shown(admin)).toMatchObject({ ...json, id: admin.id, is_superuser: true });
});

const of = (account: Account) => ({ headers: { ...bearer(account.token), ...fromAnywhere() } });
const me = (account: Account) =>
  stack.request<{ data: Record<string, unknown> }>("/api/users/me", of(account));
const update = (account: Account, json: unknown) =>
  stack.request<{ data: Record<string, unknown> }>("/api/users/me", { ...of(account), method: "PUT", json });
const change = (account: Account, json: unknown) =>
  stack.request("/api/users/change-password", { ...of(account), json });

describe("the signed-in user", () => {
  test("is shown as documented", async () => {
    const account = await newAccount(stack);
    const { id, username, email } = account;
    await login(stack, { username, password: PASSWORD });
    const { status, body, headers } = await me(account);
    expect(status).toBe(200);
    expect(body).toEqual({
      success: true,
      message: expect.any(String),
      error_code: null,
      data: {
        id,
        email,
        username,
        full_name: "",
        role: "user",
        balance: 0,
        total_tasks: 0,
        created_at: expect.stringMatching(/Z$/),
        last_login: expect.stringMatching(/Z$/),
      },
    });
    expect(headers.get("cache-control")).toBe("private, no-store");
  });

  test("is not shown where nobody is signed in", async () => {
    for (const headers of [{}, bearer("not.a.token"), bearer("nonsense")]) {
      const { status, body } = await stack.request("/api/auth/me", { headers });
      expect(status).toBe(200);
      expect(body).toMatchObject({
        success: true,
        data: { is_logged_in: false, username: null, is_admin: false },
      });
    }
    const admin = await newAccount(stack, "admin");
    const { body } = await stack.request("/api/auth/me", of(admin));
    expect(body).toMatchObject({ data: { is_logged_in: true, username: admin.username, is_admin: true } });
  });

  test("changes names, and nothing else", async () => {
    const account = await newAccount(stack);
    const username = `New_${newName()}`;
    const sent = {
      full_name: "新的姓名",
      username,
      role: "admin",
      balance: 100,
      email: "x@example.com",
      id: "x",
    };
    const { status, body } = await update(account, sent);
    expect(status).toBe(200);
    const { id, email } = account;
    expect(body.data).toMatchObject({ id, email, username, full_name: "新的姓名", role: "user", balance: 0 });
    expect((await me(account)).body.data).toEqual(body.data);
    expect((await login(stack, { username: account.username, password: PASSWORD })).status).toBe(401);
    expect((await login(stack, { username: username.toUpperCase(), password: PASSWORD })).status).toBe(200);
    expect((await update(account, {})).body.data).toMatchObject({ username, full_name: "新的姓名" });
    expect((await update(account, { full_name: "" })).body.data).toMatchObject({ username, full_name: "" });
    expect((await update(account, { username: username.toUpperCase() })).status).toBe(200);
  });

  test("cannot take a name that is taken, the first administrator's included", async () => {
    const [account, other] = [await newAccount(stack), await newAccount(stack)];
    for (const username of [other.username, other.username.toUpperCase(), stack.settings.ADMIN_USERNAME]) {
      expectRefusal(await update(account, { username }), 409, "USERNAME_EXISTS");
    }
    expectRefusal(await update(account, { username: other.email }), 422, "VALIDATION_ERROR");
    expectRefusal(await update(account, { username: "a" }), 422, "VALIDATION_ERROR");
    expectRefusal(await update(account, { full_name: 7 }), 422, "VALIDATION_ERROR");
    expect((await me(account)).body.data).toMatchObject({ username: account.username });
  });
});

describe("the end of a session", () => {
  test("logout ends that one alone, for good", async () => {
    const account = await newAccount(stack);
    const second = await newSession(stack, account.id);
    const answer = await stack.request("/api/auth/logout", { method: "POST", ...of(account) });
    expect(answer.body).toEqual({
      success: true,
      message: "Signed out",
      data: null,
      error_code: null,
    });
    expect(await isSignedIn(stack, account.token)).toBe(false);
    expect(await isSignedIn(stack, second)).toBe(true);
    expectRefusal(
      await stack.request("/api/auth/logout", { method: "POST", ...of(account) }),
      401,
      "INVALID_CREDENTIALS",
    );
  });

  test("deactivation ends them all at once", async () => {
    const account = await newAccount(stack);
    const second = await newSession(stack, account.id);
    await deactivate(stack, account);
    expect(await isSignedIn(stack, account.token)).toBe(false);
    expect(await isSignedIn(stack, second)).toBe(false);
  });
});

describe("changing the password", () => {
  test("ends every session, and only the new one signs in", async () => {
    const account = await newAccount(stack);
    const second = await newSession(stack, account.id);
    const answer = await change(account, passwords);
    expect(answer.status, answer.text).toBe(200);
    expect(answer.body).toMatchObject({ success: true, data: null });
    for (const token of [account.token, second]) expect(await isSignedIn(stack, token)).toBe(false);
    expect(await execute(stack, "SELECT * FROM sessions WHERE user_id = ?", [account.id])).toEqual([]);
    const { username } = account;
    expect((await login(stack, { username, password: PASSWORD })).status).toBe(401);
    expect((await login(stack, { username, password: NEW_PASSWORD })).status).toBe(200);
  });

  test("takes the present one: five wrong ones lock it for this session, and keep nobody from signing in", async () => {
    const account = await newAccount(stack);
    for (let n = 0; n < 5; n++) {
      const answer = await change(account, { ...passwords, current_password: `wrong ${n}` });
      expectRefusal(answer, 400, "WRONG_PASSWORD");
    }
    const locked = await change(account, passwords);
    expectRefusal(locked, 429, "TOO_MANY_ATTEMPTS");
    expect(Number(locked.headers.get("retry-after"))).toBeGreaterThan(800);
    const signIn = await login(stack, { username: account.username, password: PASSWORD });
    expect(signIn.status, signIn.text).toBe(200);
    expect((await change({ ...account, token: signIn.body.token }, passwords)).status).toBe(200);
  });

  test("happens once of ten times at once", async () => {
    const account = await newAccount(stack);
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) => change(account, { ...passwords, new_password: `phrase ${n}` })),
    );
    const changed = answers.findIndex(({ status }) => status === 200);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      200,
      ...Array.from({ length: 9 }, () => 401),
    ]);
    const signIn = await login(stack, { username: account.username, password: `phrase ${changed}` });
    expect(signIn.status).toBe(200);
  });

  test("refuses bad new ones, which count as no attempt", async () => {
    const account = await newAccount(stack);
    for (const new_password of ["12345", "a".repeat(129), "", null, 123_456, undefined]) {
      expectRefusal(await change(account, { ...passwords, new_password }), 422, "VALIDATION_ERROR");
    }
    for (const new_password of [account.username.toUpperCase(), account.email, account.email]) {
      const answer = await change(account, { ...passwords, new_password });
      expectRefusal(answer, 422, "VALIDATION_ERROR");
      expect(answer.body).toMatchObject({
        details: { field_errors: { new_password: [expect.any(String)] } },
      });
    }
    for (let n = 0; n < 4; n++) await change(account, { ...passwords, current_password: "wrong" });
    expect((await change(account, passwords)).status).toBe(200);
  });

  test("of an administrator is answered in the form of the software keys", async () => {
    const admin = await newAccount(stack, "admin");
    const send = (json: unknown) =>
      stack.request("/api/admin/password", { method: "PUT", json, ...of(admin) });
    const wrong = await send({ old_password: "wrong", new_password: NEW_PASSWORD });
    expect(wrong.status).toBe(400);
    expect(wrong.body).toEqual({ code: 400, message: "The current password is wrong: type it again" });
    expect((await send({ old_password: PASSWORD, new_password: "short" })).body).toMatchObject({ code: 400 });
    const right = await send({ old_password: PASSWORD, new_password: NEW_PASSWORD });
    expect(right.status).toBe(200);
    expect(right.body).toEqual({ code: 200, message: expect.any(String) });
    expect(await isSignedIn(stack, admin.token)).toBe(false);
  });
});

test("an administrator makes, lists and ends API keys", async () => {
  const admin = await newAccount(stack, "admin");
  const made = await stack.request<{ id: string; key: string }>("/api/v1/api-keys", {
    json: { name: newName(), scopes: ["packages:read"] },
    ...of(admin),
  });
  expect(made.status, made.text).toBe(201);
  const list = await stack.request<{ items: { id: string }[] }>("/api/v1/api-keys", of(admin));
  expect(list.body.items.map(({ id }) => id)).toContain(made.body.id);
  const current = () =>
    stack.request("/api/v1/api-keys/current", { headers: { "x-api-key": made.body.key } });
  expect((await current()).status).toBe(200);
  const ended = await stack.request(`/api/v1/api-keys/${made.body.id}`, { method: "DELETE", ...of(admin) });
  expect(ended.status).toBe(204);
  expect((await current()).status).toBe(401);
});
