import { describe, expect, test } from "vitest";
import { bearer, expectRefusal, login, newAccount, newName, register } from "../support/accounts.ts";
import { execute } from "../support/behind.ts";
import { sharedStack } from "../support/stack.ts";

const stack = sharedStack();
const iso = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

const person = (username = newName()) => ({
  email: `${username}@example.com`,
  username,
  password: "password123",
  full_name: "新用户",
});
const rowsOf = (key: string) => execute(stack, "SELECT * FROM users WHERE username_key = ?", [key]);

test("the documented example makes a user", async () => {
  const json = person();
  const { status, body } = await register(stack, json);
  expect(status).toBe(200);
  expect(body).toEqual({
    success: true,
    message: "Registered",
    error_code: null,
    data: {
      id: expect.stringMatching(/^usr_[0-9a-z]{26}$/),
      email: json.email,
      username: json.username,
      full_name: "新用户",
      role: "user",
      balance: 0,
      total_tasks: 0,
      created_at: iso,
      last_login: null,
    },
  });
  const [row] = await rowsOf(json.username);
  expect(row?.password_hash).toMatch(/^\$scrypt\$/);
  const audited = await execute(stack, "SELECT action FROM audit WHERE target = ?", [row?.id ?? null]);
  expect(audited).toMatchObject([{ action: "user.register" }]);
});

test("never makes an administrator, whatever is sent", async () => {
  const json = { ...person(), role: "admin", is_admin: true, is_active: false, id: "usr_1", balance: 9 };
  expect((await register(stack, json)).body.data).toMatchObject({ role: "user", balance: 0 });
  expect(await rowsOf(json.username)).toMatchObject([{ role: "user", is_active: 1 }]);
});

describe("a name or mail address that is taken", () => {
  test("is refused in any case and width", async () => {
    const json = person();
    await register(stack, json);
    for (const username of [
      json.username,
      json.username.toUpperCase(),
      json.username.replace("u", "ｕ"),
      ` ${json.username}\t`,
    ]) {
      const answer = await register(stack, { ...person(), username });
      expectRefusal(answer, 409, "USERNAME_EXISTS");
    }
    for (const email of [json.email, json.email.toUpperCase()]) {
      expectRefusal(await register(stack, { ...person(), email }), 409, "EMAIL_EXISTS");
    }
    expect(await rowsOf(json.username)).toHaveLength(1);
  });

  test("is taken once by twenty at the same time", async () => {
    const json = person();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        register(stack, {
          ...json,
          username: n % 2 ? json.username : json.username.toUpperCase(),
          email: `${n}-${json.email}`,
        }),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const answer of answers) if (answer.status !== 200) expectRefusal(answer, 409, "USERNAME_EXISTS");
    expect(await rowsOf(json.username)).toHaveLength(1);
  });

  test("is refused to what looks the same", async () => {
    const [word] = crypto.randomUUID().split("-");
    const made = await register(stack, { ...person(), username: `Lila Malone ${word}` });
    expect(made.status, made.text).toBe(200);
    for (const username of [
      `LiIa Malone ${word}`,
      `Lila Malone ${word}`.replace("o", "0"),
      `Lila rnalone ${word}`,
    ]) {
      expectRefusal(await register(stack, { ...person(), username }), 409, "USERNAME_LOOKS_TAKEN");
    }
    const json = { username: `1ila Malone ${word}` };
    const other = await newAccount(stack);
    const headers = bearer(other.token);
    const renamed = await stack.request("/api/users/me", { method: "PUT", json, headers });
    expectRefusal(renamed, 409, "USERNAME_LOOKS_TAKEN");
  });

  test("or is the first administrator's, whether there is one or not", async () => {
    const { ADMIN_USERNAME: username, ADMIN_EMAIL: email } = stack.settings;
    const upper = { ...person(), username: username?.toUpperCase() };
    expectRefusal(await register(stack, upper), 409, "USERNAME_EXISTS");
    const similar = { ...person(), username: username?.replace("m", "rn") };
    expectRefusal(await register(stack, similar), 409, "USERNAME_LOOKS_TAKEN");
    expectRefusal(await register(stack, { ...person(), email }), 409, "EMAIL_EXISTS");
  });
});

describe("bad input", () => {
  const good = person("good-name-of-nobody");
  const faults: [why: string, changes: Record<string, unknown>, field: string][] = [
    ["no mail address", { email: undefined }, "email"],
    ["a mail address without @", { email: "nobody.example.com" }, "email"],
    ["a mail address with spaces", { email: "no body@example.com" }, "email"],
    ["a mail address of 255 characters", { email: `${"a".repeat(243)}@example.com` }, "email"],
    ["a mail address that is a list", { email: ["a@example.com"] }, "email"],
    ["no user name", { username: undefined }, "username"],
    ["a user name of one character", { username: "a" }, "username"],
    ["a user name of 51 characters", { username: "a".repeat(51) }, "username"],
    ["a user name that looks like a mail address", { username: "me@example.com" }, "username"],
    ["one by its wide form", { username: "me＠example" }, "username"],
    ["a user name with two spaces", { username: "some  body" }, "username"],
    ["a user name with letters of two scripts in a word", { username: "sоmebody" }, "username"],
    ["a user name with a slash", { username: "../admin" }, "username"],
    ["a user name with an invisible character", { username: "some\u200Bbody" }, "username"],
    ["a user name with a zero byte", { username: "some\0body" }, "username"],
    ["a user name that is a number", { username: 12_345 }, "username"],
    ["no password", { password: undefined }, "password"],
    ["a password of five characters", { password: "12345" }, "password"],
    ["a password of 129 characters", { password: "a".repeat(129) }, "password"],
    ["a password that is the user name", { password: "Good-Name-of-nobody" }, "password"],
    ["a password that is the mail address", { password: good.email.toUpperCase() }, "password"],
    ["a password that is null", { password: null }, "password"],
    ["a full name that is an object", { full_name: {} }, "full_name"],
    ["a full name without end", { full_name: "a".repeat(101) }, "full_name"],
  ];
  test.each(faults)("%s", async (_why, changes, field) => {
    const answer = await register(stack, { ...good, ...changes });
    expectRefusal(answer, 422, "VALIDATION_ERROR");
    expect(answer.body).toMatchObject({
      details: { field_errors: { [field]: [expect.stringMatching(/./)] } },
    });
    expect(await rowsOf(good.username)).toEqual([]);
  });

  test("several faults are told at once, in Chinese where asked", async () => {
    const headers = { "accept-language": "zh" };
    const answer = await register(stack, { ...good, email: "x", password: "123" }, { headers });
    expect(answer.body).toMatchObject({
      details: {
        field_errors: {
          email: [expect.stringMatching(/\p{Script=Han}/u)],
          password: [expect.stringMatching(/\p{Script=Han}/u)],
        },
      },
    });
  });

  test("a body of 1 MiB", async () => {
    const answer = await register(stack, { ...good, password: "a".repeat(1_048_576) });
    expectRefusal(answer, 413, "FILE_TOO_LARGE");
  });
});

test("names of any script sign in as they were written", async () => {
  const suffix = newName().slice(2);
  for (const username of [
    `用户${suffix}`,
    `Élodie.${suffix}`,
    `исполнитель_${suffix}`,
    `देवनागरी_${suffix}`,
    `李 ${suffix}`,
  ]) {
    const email = `${newName()}@example.com`;
    const made = await register(stack, { username, email, password: "密码密码密码" });
    expect(made.status, made.text).toBe(200);
    expect(made.body.data.username).toBe(username.normalize("NFKC"));
    const decomposed = username.normalize("NFD").toUpperCase();
    expect((await login(stack, { username: decomposed, password: "密码密码密码" })).status).toBe(200);
  }
});
