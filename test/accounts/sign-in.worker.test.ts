import { scryptSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import {
  expectRefusal,
  fromAnywhere,
  isSignedIn,
  login,
  newAccount,
  newName,
  PASSWORD,
  register,
} from "../support/accounts.ts";
import { execute } from "../support/behind.ts";
import { sharedStack, type Answer } from "../support/stack.ts";

const stack = sharedStack();

const auditOf = async (target: string) =>
  (
    await execute(stack, "SELECT action, actor = target AS own FROM audit WHERE target = ? ORDER BY id", [
      target,
    ])
  ).map(({ action, own }) => [action, own]);

describe("the joint login", () => {
  test("by user name answers what contracts 3 and 4 show, for a day", async () => {
    const { id, username, email } = await newAccount(stack);
    const { status, body } = await login(stack, { username, password: PASSWORD });
    expect(status).toBe(200);
    const session = { token: body.token, token_type: "bearer", expires_in: 86_400 };
    expect(body).toEqual({
      success: true,
      message: "Signed in",
      ...session,
      data: { ...session, access_token: body.token, user: { id, email, username, role: "user" } },
    });
    expect(await isSignedIn(stack, body.token)).toBe(true);
    expect(await auditOf(id)).toEqual([["session.start", 1]]);
  });

  test("takes either name in either field, in any case and width; a mail address lasts half an hour", async () => {
    const { username, email } = await newAccount(stack);
    const asked: [json: object, seconds: number][] = [
      [{ email }, 1800],
      [{ username: email }, 1800],
      [{ username: "", email: email.toUpperCase() }, 1800],
      [{ email: username }, 86_400],
      [{ username, email: null, remember: true }, 86_400],
      [{ username: ` ${username.toUpperCase()} ` }, 86_400],
      [{ username: username.replace("u", "ｕ") }, 86_400],
    ];
    for (const [json, seconds] of asked) {
      const answer = await login(stack, { ...json, password: PASSWORD });
      expect(answer.body.expires_in, JSON.stringify(json)).toBe(seconds);
      const claims = Buffer.from(answer.body.token.split(".")[1] ?? "", "base64url").toString();
      const { iat, exp } = JSON.parse(claims) as { iat: number; exp: number };
      expect(exp - iat).toBe(seconds);
    }
  });

  test("says nothing of which accounts there are, and keeps no password", async () => {
    const known = await newAccount(stack);
    const name = newName();
    const wrong = await login(stack, { username: known.username, password: "a wrong password" });
    expectRefusal(wrong, 401, "INVALID_CREDENTIALS");
    expect(wrong.headers.get("www-authenticate")).toBe("Bearer");
    expect((await login(stack, { username: name, password: "a wrong password" })).text).toBe(wrong.text);
    await execute(stack, "UPDATE users SET is_active = 0 WHERE id = ?", [known.id]);
    expect((await login(stack, { username: known.username, password: PASSWORD })).text).toBe(wrong.text);
    const kept = JSON.stringify(await execute(stack, "SELECT * FROM audit"));
    expect(kept).not.toContain("a wrong password");
    expect(kept).not.toContain(name);
    expect(await auditOf(known.id)).toEqual([
      ["session.refuse", 0],
      ["session.refuse", 0],
    ]);
  });

  const faults: [why: string, json: unknown, field: string][] = [
    ["no name", { password: "secret" }, "username"],
    ["empty names", { username: "", email: "", password: "secret" }, "username"],
    ["no password", { username: "somebody" }, "password"],
    ["an empty password", { username: "somebody", password: "" }, "password"],
    ["a password that is a number", { username: "somebody", password: 123_456 }, "password"],
    ["a name that is a list", { username: ["a"], password: "secret" }, "username"],
    ["a name without end", { email: "a".repeat(9999), password: "secret" }, "email"],
    ["a password of 100 KiB", { username: "somebody", password: "a".repeat(102_400) }, "password"],
  ];
  test.each(faults)("%s is a fault of a field", async (_why, json, field) => {
    const answer = await login(stack, json);
    expectRefusal(answer, 422, "VALIDATION_ERROR");
    expect(answer.body).toMatchObject({
      details: { field_errors: { [field]: [expect.stringMatching(/./)] } },
    });
  });

  test("a sign-in without a name is told to give one, in either field", async () => {
    const { body } = await login(stack, { username: "", email: "", password: "secret" });
    expect(body.message).toBe("username: give your user name or your e-mail address, here or in email");
  });

  test("a password of 1 MiB, a list and broken JSON are refused", async () => {
    const long = await login(stack, { username: "somebody", password: "a".repeat(1_048_576) });
    expectRefusal(long, 413, "FILE_TOO_LARGE");
    expectRefusal(await login(stack, []), 422, "VALIDATION_ERROR");
    const broken = { method: "POST", body: "{", headers: { "content-type": "application/json" } };
    expectRefusal(await stack.request("/api/auth/login", broken), 422, "VALIDATION_ERROR");
  });

  test("speaks Chinese", async () => {
    const { username } = await newAccount(stack);
    const headers = { ...fromAnywhere(), "accept-language": "zh-CN" };
    const wrong = await login(stack, { username, password: "wrong one" }, { headers });
    expect(wrong.body.message).toBe("用户名或密码错误");
    expect((await login(stack, { username, password: PASSWORD }, { headers })).body.message).toBe("登录成功");
  });
});

describe("wrong passwords", () => {
  const statuses = (answers: Answer<unknown>[]) =>
    answers.map(({ status }) => status).toSorted((a, b) => a - b);

  test("five lock an account for a while, by whichever name and from wherever", async () => {
    const { username, email, token } = await newAccount(stack);
    for (const name of [username, email, username, email, username.toUpperCase()]) {
      expectRefusal(await login(stack, { username: name, password: "wrong" }), 401, "INVALID_CREDENTIALS");
    }
    const locked = await login(stack, { email, password: PASSWORD });
    expectRefusal(locked, 429, "TOO_MANY_ATTEMPTS");
    const wait = Number(locked.headers.get("retry-after"));
    expect(wait).toBeGreaterThan(800);
    expect(wait).toBeLessThanOrEqual(900);
    expect(await isSignedIn(stack, token)).toBe(true);
    const account = "(SELECT id FROM users WHERE username = ?)";
    await execute(stack, `UPDATE login_attempts SET at = at - 900000 WHERE account = ${account}`, [username]);
    expect((await login(stack, { email, password: PASSWORD })).status).toBe(200);
  });

  test("lock names that nobody has in the same way", async () => {
    const username = newName();
    const tries = Array.from({ length: 6 }, () => login(stack, { username, password: "wrong" }));
    expect(statuses(await Promise.all(tries))).toEqual([401, 401, 401, 401, 401, 429]);
  });

  test("are counted exactly when they come at once", async () => {
    const { username } = await newAccount(stack);
    const tries = Array.from({ length: 20 }, () => login(stack, { username, password: "wrong" }));
    const got = statuses(await Promise.all(tries));
    expect(got).toEqual([...Array.from({ length: 5 }, () => 401), ...Array.from({ length: 15 }, () => 429)]);
  });

  test("are not what many right ones at once are taken for", async () => {
    const { username } = await newAccount(stack);
    const tries = Array.from({ length: 12 }, () => login(stack, { username, password: PASSWORD }));
    expect(statuses(await Promise.all(tries))).toEqual(Array.from({ length: 12 }, () => 200));
  });

  test("thirty lock an address, of IPv6 its network", async () => {
    const from = (end: string) => ({ "cf-connecting-ip": `2001:db8:${newName().slice(2, 6)}:7::${end}` });
    const network = from("")["cf-connecting-ip"];
    const rows = Array.from({ length: 30 }, (_, n) => `('bad_${network}${n}', 'a${n}', ?, ?)`).join();
    const args = Array.from({ length: 30 }, () => [network.replace(/::$/, "::/64"), Date.now()]).flat();
    await execute(stack, `INSERT INTO login_attempts VALUES ${rows}`, args);
    const { username } = await newAccount(stack);
    const headers = { "cf-connecting-ip": `${network}abcd:1` };
    const answer = await login(stack, { username, password: PASSWORD }, { headers });
    expectRefusal(answer, 429, "TOO_MANY_ATTEMPTS");
    expect((await login(stack, { username, password: PASSWORD })).status).toBe(200);
  });
});

test("a device that signed in is known by a cookie, on every surface, whoever tries from elsewhere", async () => {
  const { username } = await newAccount(stack, "admin");
  const cookieOf = ({ headers }: Answer<unknown>) =>
    /^slipway_device=[^;]+/.exec(headers.get("set-cookie") ?? "")?.[0];
  const first = await login(stack, { username, password: PASSWORD });
  expect(first.headers.get("set-cookie")).toMatch(/; Path=\/api; HttpOnly; SameSite=Strict$/);
  for (let n = 0; n < 6; n++) await login(stack, { username, password: "wrong" });
  expect((await login(stack, { username, password: PASSWORD })).status).toBe(429);
  let cookie = cookieOf(first) ?? "";
  const form = new URLSearchParams({ username, password: PASSWORD });
  for (const send of [
    (headers: Record<string, string>) => login(stack, { username, password: PASSWORD }, { headers }),
    (headers: Record<string, string>) =>
      stack.request("/api/admin/login", { json: { username, password: PASSWORD }, headers }),
    (headers: Record<string, string>) => stack.request("/api/v1/login/access-token", { body: form, headers }),
  ]) {
    const answer = await send({ ...fromAnywhere(), cookie });
    expect(answer.status, answer.text).toBe(200);
    cookie = cookieOf(answer) ?? "";
  }
  const refused = await login(
    stack,
    { username, password: "wrong" },
    { headers: { ...fromAnywhere(), cookie } },
  );
  expect(refused.headers.get("set-cookie")).toBeNull();
});

test("a password that was hashed with other parameters is hashed anew when it is right", async () => {
  const { id, username } = await newAccount(stack);
  const key = scryptSync("an old password", "saltsaltsaltsalt", 32, { N: 1024, r: 8, p: 1 });
  const old = `$scrypt$ln=10,r=8,p=1$c2FsdHNhbHRzYWx0c2FsdA$${key.toString("base64").replace(/=+$/, "")}`;
  await execute(stack, "UPDATE users SET password_hash = ? WHERE id = ?", [old, id]);
  const hash = async () =>
    (await execute(stack, "SELECT password_hash FROM users WHERE id = ?", [id]))[0]?.password_hash;
  expect((await login(stack, { username, password: "not the old one" })).status).toBe(401);
  expect(await hash()).toBe(old);
  expect((await login(stack, { username, password: "an old password" })).status).toBe(200);
  expect(await hash()).toMatch(/^\$scrypt\$ln=14,r=8,p=5\$/);
  expect((await login(stack, { username, password: "an old password" })).status).toBe(200);
});

describe("an administrator of the software keys", () => {
  const signIn = (username: string, password: string) =>
    stack.request<{ code: number; data: { token: string; expires_at: string } }>("/api/admin/login", {
      json: { username, password },
      headers: fromAnywhere(),
    });

  test("is the one of the settings, too", async () => {
    const { ADMIN_USERNAME = "", ADMIN_EMAIL = "", ADMIN_PASSWORD = "" } = stack.settings;
    for (const [name, hours] of [
      [ADMIN_USERNAME, 24],
      [ADMIN_EMAIL, 0.5],
    ] as const) {
      const { status, body } = await signIn(name, ADMIN_PASSWORD);
      expect(status).toBe(200);
      expect(body).toEqual({
        code: 200,
        data: { token: expect.any(String), expires_at: expect.stringMatching(/Z$/) },
      });
      const left = Date.parse(body.data.expires_at) - Date.now();
      expect(Math.round(left / 60_000)).toBe(hours * 60);
      expect(await isSignedIn(stack, body.data.token)).toBe(true);
    }
  });

  test("is nobody else, with the same answer for all of them", async () => {
    const admin = await newAccount(stack, "admin");
    const user = await newAccount(stack);
    const wrong = await signIn(admin.username, "wrong");
    expect(wrong.status).toBe(401);
    expect(wrong.body).toEqual({
      code: 401,
      message: "The user name or password is wrong: check both, and try again",
    });
    expect((await signIn(user.username, PASSWORD)).text).toBe(wrong.text);
    expect((await signIn(newName(), PASSWORD)).text).toBe(wrong.text);
    expect((await signIn(admin.username, PASSWORD)).status).toBe(200);
  });

  test("faults are answered in the form of the software keys", async () => {
    for (const json of [{}, { username: "admin" }, { username: 1, password: "x" }, "admin"]) {
      const answer = await stack.request("/api/admin/login", { json });
      expect(answer.status).toBe(400);
      expect(answer.body).toEqual({ code: 400, message: expect.any(String) });
    }
  });
});

describe("OAuth 2's password form", () => {
  const signIn = (fields: Record<string, string>) =>
    stack.request<{ access_token: string }>("/api/v1/login/access-token", {
      body: new URLSearchParams(fields),
      headers: fromAnywhere(),
    });

  test("answers a bearer token", async () => {
    const { username, email } = await newAccount(stack);
    for (const name of [username, email]) {
      const { status, body } = await signIn({ grant_type: "password", username: name, password: PASSWORD });
      expect(status).toBe(200);
      expect(body).toEqual({ access_token: expect.any(String), token_type: "bearer" });
      expect(await isSignedIn(stack, body.access_token)).toBe(true);
    }
  });

  test("answers errors as FastAPI does", async () => {
    const wrong = await signIn({ username: newName(), password: PASSWORD });
    expect(wrong.status).toBe(400);
    expect(wrong.body).toEqual({
      detail: expect.stringContaining("user name or password is wrong"),
      error: "invalid_grant",
    });
    expect(wrong.headers.get("www-authenticate")).toBeNull();
    const incomplete = await signIn({ username: newName() });
    expect(incomplete.status).toBe(422);
    expect(incomplete.body).toEqual({
      detail: [{ loc: ["body", "password"], msg: expect.any(String), type: "missing" }],
    });
  });
});

test("registering, signing in and asking who one is go together", async () => {
  const username = newName();
  await register(stack, { username, email: `${username}@example.com`, password: "password123" });
  const { body } = await login(stack, { username, password: "password123" });
  const me = await stack.request("/api/auth/me", { headers: { authorization: `Bearer ${body.token}` } });
  expect(me.body).toEqual({
    success: true,
    message: expect.any(String),
    data: { is_logged_in: true, username, is_admin: false },
    error_code: null,
  });
});
