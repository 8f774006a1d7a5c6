import { describe, expect, test } from "vitest";
import { bearer, fromAnywhere, newAccount, type Account } from "../support/accounts.ts";
import { signedInSuite, type SignedInEndpoint } from "../support/auth-suite.ts";
import { execute } from "../support/behind.ts";
import { sharedStack, type Answer, type RequestOptions } from "../support/stack.ts";

const stack = sharedStack();
const codeNames = { 401: "INVALID_CREDENTIALS", 403: "ACCESS_DENIED", 404: "RESOURCE_NOT_FOUND" };

type Data = Record<string, unknown>;
type Page = { items: Data[]; total: number; page: number; page_size: number; total_pages: number };
type NewCodes = { batch_id: string; codes: { id: string; code: string }[] } & Data;

function expectRefusal(answer: Answer<unknown>, status: number, code: string, fields?: string[]) {
  expect(answer.status, answer.text).toBe(status);
  expect(answer.body).toEqual({
    success: false,
    message: expect.stringMatching(/./),
    error_code: code,
    details: fields ? { field_errors: expect.any(Object) } : {},
  });
  const { details } = answer.body as { details: { field_errors?: Record<string, string[]> } };
  if (fields) expect(Object.keys(details.field_errors ?? {})).toEqual(fields);
}

const expectError: SignedInEndpoint["expectError"] = (answer, status) =>
  expectRefusal(answer, status, codeNames[status]);

const send = (account: Account, path: string, options: RequestOptions = {}) =>
  stack.request<{ data: unknown }>(path, {
    ...options,
    headers: { ...bearer(account.token), ...fromAnywhere(), ...options.headers },
  });

/** What an answer carries under `data`. */
async function dataOf<T = Data>(account: Account, path: string, options?: RequestOptions): Promise<T> {
  const answer = await send(account, path, options);
  expect(answer.status, answer.text).toBe(200);
  expect(answer.body).toEqual({
    success: true,
    message: expect.stringMatching(/./),
    data: expect.anything(),
    error_code: null,
  });
  return answer.body.data as T;
}

const make = (admin: Account, json: unknown) => dataOf<NewCodes>(admin, "/api/recharge/codes", { json });
const redeem = (user: Account, code: string) => send(user, "/api/recharge/redeem", { json: { code } });
const first = ({ codes: [code] }: NewCodes) => {
  if (!code) throw new Error("no code was made");
  return code;
};

const codeOf = async (admin: Account) =>
  `/api/recharge/codes/${first(await make(admin, { amount: 1 })).id}/disable`;
const user = { needs: "user", expectError } as const;
const admin = { needs: "admin", expectError } as const;

signedInSuite(
  () => stack,
  [
    { ...admin, method: "POST", path: "/api/recharge/codes", body: { amount: 1 } },
    { ...admin, method: "GET", path: "/api/recharge/codes" },
    {
      ...admin,
      method: "POST",
      path: async (owner) => (owner.role === "admin" ? codeOf(owner) : "/api/recharge/codes/rcc_any/disable"),
    },
    { ...user, method: "POST", path: "/api/recharge/redeem", body: { code: "OWL-2222-2222-2222" } },
    { ...user, method: "GET", path: "/api/recharge/records" },
    { ...user, method: "GET", path: "/api/users/stats" },
    { ...admin, method: "GET", path: "/api/admin/ledger/check" },
  ],
);

describe("the contract's requests", () => {
  test("make codes, use one, and show it in the records, the statistics and the balance", async () => {
    const [root, ana] = await Promise.all([newAccount(stack, "admin"), newAccount(stack)]);
    const expires_at = new Date(Date.now() + 86_400_000).toISOString();
    const made = await make(root, {
      amount: 100.0,
      description: "新用户充值码",
      batch_size: 10,
      expires_at,
      max_uses: 1,
    });
    expect(made).toEqual({
      batch_id: expect.stringMatching(/^rcb_/),
      codes: Array.from({ length: 10 }, () => ({
        id: expect.stringMatching(/^rcc_/),
        code: expect.stringMatching(/^OWL(-[2-9A-HJKMNP-TV-Z]{4}){3}$/),
        amount: 100,
        expires_at,
      })),
      total_generated: 10,
      total_amount: 1000,
    });

    const { id, code } = first(made);
    const masked = `OWL-****-****-${code.slice(-4)}`;
    const answer = await redeem(ana, code.toLowerCase().replaceAll("-", " "));
    expect(answer.body).toEqual({
      success: true,
      message: "Recharged",
      data: { amount: 100, new_balance: 100, recharge_record_id: expect.stringMatching(/^rcr_/) },
      error_code: null,
    });
    const { recharge_record_id } = answer.body.data as Data;

    const records = await dataOf<Page>(ana, "/api/recharge/records?page=1&page_size=20");
    expect(records).toEqual({
      items: [
        {
          id: recharge_record_id,
          type: "recharge",
          amount: 100,
          balance_after: 100,
          code: masked,
          task_id: null,
          task_title: null,
          description: "",
          created_at: expect.stringMatching(/Z$/),
        },
      ],
      total: 1,
      page: 1,
      page_size: 20,
      total_pages: 1,
    });
    expect(await dataOf(ana, "/api/recharge/records?type=all")).toEqual(records);
    expect(await dataOf(ana, "/api/users/stats")).toEqual({
      total_tasks: 0,
      completed_tasks: 0,
      failed_tasks: 0,
      total_cost: 0,
      current_balance: 100,
      price_per_minute: 0.1,
      last_task_date: null,
    });
    const me = await send(ana, "/api/users/me");
    expect(me.body.data).toMatchObject({ balance: 100 });

    for (const type of ["recharge", "all"]) {
      const ofAna = `/api/recharge/records?type=${type}&user_id=${ana.id}`;
      expect(await dataOf(root, ofAna)).toEqual(records);
      expect(await dataOf(ana, ofAna)).toEqual(records);
      expectRefusal(await send(await newAccount(stack), ofAna), 403, "ACCESS_DENIED");
    }

    const batch = `/api/recharge/codes?batch_id=${made.batch_id}`;
    const used = await dataOf<Page>(root, `${batch}&page=1&page_size=20&status=used`);
    expect(used.items).toEqual([
      {
        id,
        code: masked,
        batch_id: made.batch_id,
        amount: 100,
        description: "新用户充值码",
        max_uses: 1,
        used_count: 1,
        status: "used",
        expires_at,
        created_at: expect.stringMatching(/Z$/),
      },
    ]);
    expect(await dataOf<Page>(root, `${batch}&status=active&page_size=2&page=2`)).toMatchObject({
      items: [{ status: "active" }, { status: "active" }],
      total: 9,
      page: 2,
      total_pages: 5,
    });
  });

  test("are refused in its form, in the language asked for", async () => {
    const [root, ana] = await Promise.all([newAccount(stack, "admin"), newAccount(stack)]);
    const { code } = first(await make(root, { amount: 5, max_uses: 2 }));
    expect((await redeem(ana, code)).status).toBe(200);
    expectRefusal(await redeem(ana, code), 409, "RECHARGE_CODE_USED");
    expectRefusal(await redeem(ana, "OWL-ABCD-1234-EFGH"), 400, "INVALID_RECHARGE_CODE");
    expectRefusal(await redeem(ana, "OWL-2345-6789-ABCD"), 400, "INVALID_RECHARGE_CODE");
    const headers = { "accept-language": "zh-CN" };
    const wrong = { json: { code: "OWL-2345-6789-ABCD" }, headers };
    const inChinese = await send(ana, "/api/recharge/redeem", wrong);
    expect(inChinese.body).toMatchObject({ message: expect.stringMatching(/^充值码无效或已失效/) });
    for (let tries = 0; tries < 3; tries++) await send(ana, "/api/recharge/redeem", wrong);
    const throttled = await send(ana, "/api/recharge/redeem", wrong);
    expectRefusal(throttled, 429, "TOO_MANY_ATTEMPTS");
    expect(Number(throttled.headers.get("retry-after"))).toBeGreaterThan(600);
    expect(throttled.body).toMatchObject({ message: expect.stringMatching(/^充值码错误次数过多/) });
  });
});

test("codes are kept hashed, and listed masked", async () => {
  const root = await newAccount(stack, "admin");
  const made = await make(root, { amount: 1, batch_size: 3 });
  const rows = await execute(stack, "SELECT * FROM recharge_codes WHERE batch_id = ?", [made.batch_id]);
  const audited = await execute(stack, "SELECT * FROM audit WHERE target = ?", [made.batch_id]);
  const kept = JSON.stringify([rows, audited, await stack.logs()]);
  for (const { code } of made.codes) expect(kept).not.toContain(code);
  expect(audited).toMatchObject([{ action: "recharge.create", actor: root.id }]);
});

test("a disabled code gives nothing more, keeps what it gave, and is disabled once", async () => {
  const [root, ana, ben] = await Promise.all([
    newAccount(stack, "admin"),
    newAccount(stack),
    newAccount(stack),
  ]);
  const { id, code } = first(await make(root, { amount: 0.01, max_uses: 5 }));
  expect((await redeem(ana, code)).status).toBe(200);
  const disable = () => dataOf(root, `/api/recharge/codes/${id}/disable`, { method: "POST" });
  expect(await disable()).toMatchObject({ id, status: "disabled", used_count: 1, max_uses: 5 });
  expect(await disable()).toMatchObject({ status: "disabled" });
  expectRefusal(await redeem(ben, code), 400, "INVALID_RECHARGE_CODE");
  expect(await dataOf(ana, "/api/users/stats")).toMatchObject({ current_balance: 0.01 });
  const audited = await execute(stack, "SELECT actor, action FROM audit WHERE target = ?", [id]);
  expect(audited).toMatchObject([{ actor: root.id, action: "recharge.disable" }]);
  const unknown = await send(root, "/api/recharge/codes/rcc_unknown/disable", { method: "POST" });
  expectRefusal(unknown, 404, "RESOURCE_NOT_FOUND");
});

test("invalid input is refused by its field", async () => {
  const root = await newAccount(stack, "admin");
  const bad: [Data, string][] = [
    [{}, "amount"],
    [{ amount: 0 }, "amount"],
    [{ amount: -5 }, "amount"],
    [{ amount: 0.1 + 0.2 }, "amount"],
    [{ amount: 1.005 }, "amount"],
    [{ amount: 1_000_000.01 }, "amount"],
    [{ amount: "100" }, "amount"],
    [{ amount: 1, batch_size: 0 }, "batch_size"],
    [{ amount: 1, batch_size: 1001 }, "batch_size"],
    [{ amount: 1, batch_size: 1.5 }, "batch_size"],
    [{ amount: 1, max_uses: 0 }, "max_uses"],
    [{ amount: 1, max_uses: 10_001 }, "max_uses"],
    [{ amount: 1, expires_at: "tomorrow" }, "expires_at"],
    [{ amount: 1, expires_at: "2024-12-31T23:59:59Z" }, "expires_at"],
    [{ amount: 1, description: "x".repeat(501) }, "description"],
    [{ amount: 1, description: "\ud800" }, "description"],
  ];
  for (const [json, field] of bad) {
    expectRefusal(await send(root, "/api/recharge/codes", { json }), 422, "VALIDATION_ERROR", [field]);
  }
  const queries: [string, string][] = [
    ["codes?status=gone", "status"],
    ["codes?page=0", "page"],
    ["codes?page_size=101", "page_size"],
    ["records?page=one", "page"],
    ["records?page_size=0", "page_size"],
    ["records?type=charges", "type"],
  ];
  for (const [query, field] of queries) {
    expectRefusal(await send(root, `/api/recharge/${query}`), 422, "VALIDATION_ERROR", [field]);
  }
  expectRefusal(await send(root, "/api/recharge/redeem", { json: {} }), 422, "VALIDATION_ERROR", ["code"]);
  const broken = await send(root, "/api/recharge/redeem", { body: "{" });
  expectRefusal(broken, 422, "VALIDATION_ERROR", ["body"]);
  const page = await dataOf<Page>(root, "/api/recharge/codes?page=1000000000&page_size=100");
  expect(page.items).toEqual([]);
});

test("a thousand codes are made at once, all different", async () => {
  const root = await newAccount(stack, "admin");
  const made = await make(root, { amount: 999_999.99, batch_size: 1000, max_uses: 10_000 });
  expect(new Set(made.codes.map(({ code }) => code)).size).toBe(1000);
  expect(made.total_amount).toBe(999_999_990);
});

test("the same key gives the same codes again, for the same batch", async () => {
  const root = await newAccount(stack, "admin");
  const headers = { "idempotency-key": "a batch of codes" };
  const ask = (json: Data, account = root) => send(account, "/api/recharge/codes", { json, headers });
  const json = { amount: 2.5, batch_size: 5, description: "once" };
  const answers = await Promise.all(Array.from({ length: 5 }, () => ask(json)));
  const [made] = answers.map(({ body }) => body.data as NewCodes);
  for (const { body } of answers) expect(body.data).toEqual(made);
  for (const other of [{ amount: 2.51 }, { batch_size: 4 }, { batch_size: 6 }, { max_uses: 2 }]) {
    expectRefusal(await ask({ ...json, ...other }), 409, "IDEMPOTENCY_CONFLICT");
  }
  const codes = await dataOf<Page>(root, `/api/recharge/codes?batch_id=${made?.batch_id}`);
  expect(codes.total).toBe(5);
  const somebody = await ask(json, await newAccount(stack, "admin"));
  expect((somebody.body.data as NewCodes).codes).not.toContainEqual(made?.codes[0]);
});

test("the ledger's check says what was looked at, and has nothing against what a user did here", async () => {
  const [root, ana] = await Promise.all([newAccount(stack, "admin"), newAccount(stack)]);
  const { id, code } = first(await make(root, { amount: 7 }));
  await redeem(ana, code);
  const report = await dataOf(root, "/api/admin/ledger/check");
  expect(report).toMatchObject({ ok: expect.any(Boolean), checked: { entries: expect.any(Number) } });
  const problems = JSON.stringify(report.problems);
  for (const subject of [ana.id, id]) expect(problems).not.toContain(subject);
});
