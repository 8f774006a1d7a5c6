import { describe, expect, test } from "vitest";
import { bearer, newAccount } from "../support/accounts.ts";
import { newKey } from "../support/private-software.ts";
import { expectProblem, newSoftware, publish } from "../support/publish.ts";
import { sharedStack } from "../support/stack.ts";

const stack = sharedStack();
const PATH = "/api/v1/webhooks";

type Webhook = {
  id: string;
  url: string;
  events: string[] | null;
  software: string[] | null;
  enabled: boolean;
  secret: string;
};
type Delivery = { id: string; type: string; state: string };

const as = (key: string) => ({ "x-api-key": key });
const address = () => `https://hooks.example.com/${newSoftware()}`;
const make = (json: object, key?: string) =>
  stack.request<Webhook>(PATH, {
    json: { url: address(), ...json },
    ...(key ? { headers: as(key) } : { asPublisher: true }),
  });
const change = (id: string, json: object, key?: string) =>
  stack.request<Webhook>(`${PATH}/${id}`, {
    method: "PATCH",
    json,
    ...(key ? { headers: as(key) } : { asPublisher: true }),
  });
const ask = <T>(path: string, method = "GET", key?: string) =>
  stack.request<T>(`${PATH}${path}`, { method, ...(key ? { headers: as(key) } : { asPublisher: true }) });
const deliveriesOf = async (id: string) =>
  (await ask<{ items: Delivery[]; next: string | null }>(`/${id}/deliveries`)).body.items;

describe("a webhook", () => {
  test("shows its secret when it is made and when that is changed, and never besides", async () => {
    const made = await make({ events: ["task.failed"] });
    expect(made.status, made.text).toBe(201);
    expect(made.body.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const { id, secret } = made.body;
    for (const path of ["", `/${id}`]) {
      const shown = await ask(path);
      expect(shown.status).toBe(200);
      expect(shown.text).toContain(id);
      expect(shown.text).not.toContain("whsec_");
    }
    const rotated = await ask<Webhook>(`/${id}/rotate-secret`, "POST");
    expect(rotated.body.secret).toMatch(/^whsec_/);
    expect(rotated.body.secret).not.toBe(secret);
    expect((await ask(`/${id}`, "DELETE")).status).toBe(204);
    for (const [path, method] of [
      ["", "GET"],
      ["", "DELETE"],
      ["/rotate-secret", "POST"],
      ["/test", "POST"],
      ["/deliveries", "GET"],
      ["/deliveries/msg_1", "GET"],
      ["/deliveries/msg_1/resend", "POST"],
    ] as const)
      expectProblem(await ask(`/${id}${path}`, method), 404, "WEBHOOK_NOT_FOUND");
    expectProblem(await change(id, { enabled: false }), 404, "WEBHOOK_NOT_FOUND");
  });

  test("changes where it is told to and stays as it was elsewhere", async () => {
    const { body } = await make({ events: ["task.failed"], description: "one" });
    const url = address();
    const changed = await change(body.id, { url, events: null, enabled: false });
    expect(changed.body).toMatchObject({
      url,
      events: null,
      enabled: false,
      description: "one",
      software: null,
    });
    expect((await ask(`/${body.id}`)).body).toEqual(changed.body);
    expect((await change(body.id, { software: ["Acme"] })).body).toMatchObject({ software: ["acme"] });
    expectProblem(await change(body.id, { events: ["agent.offline"] }), 400, "VALIDATION_ERROR");
    expect((await change(body.id, { software: null, events: ["agent.offline"] })).status).toBe(200);
    await ask(`/${body.id}`, "DELETE");
  });

  test.each([
    [{ url: "ftp://hooks.example.com/a" }, "url"],
    [{ url: "hooks.example.com" }, "url"],
    [{ url: "https://user:pass@hooks.example.com/a" }, "url"],
    [{ url: `https://hooks.example.com/${"a".repeat(2000)}` }, "url"],
    [{ url: 5 }, "url"],
    [{ events: ["package.eaten"] }, "events"],
    [{ events: [] }, "events"],
    [{ software: ["../x"] }, "software"],
    [{ software: ["omega"], events: ["ledger.mismatch"] }, "ledger.mismatch"],
    [{ description: "x".repeat(201) }, "description"],
  ])("is refused for %j, naming what is wrong", async (json, named) => {
    const answer = await make(json);
    expectProblem(answer, 400, "VALIDATION_ERROR");
    expect(answer.text).toContain(named);
  });

  test("is nobody's but administrators' and keys' with the scope", async () => {
    expectProblem(await stack.request(PATH), 401, "INVALID_API_KEY");
    const { key } = await newKey(stack, ["packages:write", "storage:admin"]);
    expectProblem(await ask("", "GET", key), 403, "INSUFFICIENT_SCOPE");
    const user = await newAccount(stack);
    expectProblem(await stack.request(PATH, { headers: bearer(user.token) }), 403, "ACCESS_DENIED");
    const admin = await newAccount(stack, "admin");
    expect((await stack.request(PATH, { headers: bearer(admin.token) })).status).toBe(200);
  });
});

describe("a key that is limited to software", () => {
  test("makes, sees and changes webhooks for that software alone", async () => {
    const [own, second, other] = [newSoftware(), newSoftware(), newSoftware()];
    const { key } = await newKey(stack, ["webhooks:admin"], { software: [own, second] });
    const everything = await make({});
    const foreign = await make({ software: [own, other] });
    expect((await make({}, key)).body.software).toEqual([own, second]);
    const mine = await make({ software: [own] }, key);
    expect(mine.body.software).toEqual([own]);
    expectProblem(await make({ software: [other] }, key), 403, "INSUFFICIENT_SCOPE");
    expectProblem(await make({ events: ["task.failed"] }, key), 400, "VALIDATION_ERROR");
    expectProblem(await change(mine.body.id, { software: [own, other] }, key), 403, "INSUFFICIENT_SCOPE");
    expect((await change(mine.body.id, { software: null }, key)).body.software).toEqual([own, second]);

    const seen = (await ask<{ items: Webhook[] }>("", "GET", key)).body.items;
    expect(seen).toHaveLength(2);
    for (const { body } of [everything, foreign]) {
      expectProblem(await ask(`/${body.id}`, "GET", key), 404, "WEBHOOK_NOT_FOUND");
      expectProblem(await ask(`/${body.id}`, "DELETE", key), 404, "WEBHOOK_NOT_FOUND");
      expectProblem(await ask(`/${body.id}/test`, "POST", key), 404, "WEBHOOK_NOT_FOUND");
      expectProblem(await ask(`/${body.id}/deliveries`, "GET", key), 404, "WEBHOOK_NOT_FOUND");
      await ask(`/${body.id}`, "DELETE");
    }
    for (const { id } of seen) await ask(`/${id}`, "DELETE");
  });

  test("gets events about it and no others, whose deliveries are listed in pages", async () => {
    const [own, other] = [newSoftware(), newSoftware()];
    const { key } = await newKey(stack, ["webhooks:admin"], { software: [own] });
    const { id } = (await make({}, key)).body;
    await publish(stack, { software: other, version: "1.0.0" });
    await publish(stack, { software: own, version: "1.0.0" });
    await publish(stack, { software: own, version: "2.0.0" });
    const all = await deliveriesOf(id);
    expect(all.map(({ type }) => type)).toEqual(["package.published", "package.published"]);
    const page = (query: string) =>
      ask<{ items: Delivery[]; next: string | null }>(`/${id}/deliveries?${query}`, "GET", key);
    const { body: first } = await page("limit=1");
    expect(first.items.map((one) => one.id)).toEqual([all[0]?.id]);
    const { body: last } = await page(`limit=1&before=${first.next}`);
    expect(last).toMatchObject({ items: [{ id: all[1]?.id }], next: null });
    expect((await page("state=failed")).body.items).toEqual([]);
    expectProblem(await page("state=lost"), 400, "VALIDATION_ERROR");
    expectProblem(await ask(`/${id}/deliveries/msg_none`, "GET", key), 404, "DELIVERY_NOT_FOUND");
    await ask(`/${id}`, "DELETE");
  });
});

test("there are at most fifty webhooks", async () => {
  const made: string[] = [];
  for (;;) {
    const answer = await make({ events: ["ledger.mismatch"] });
    if (answer.status !== 201) {
      expectProblem(answer, 409, "TOO_MANY_WEBHOOKS");
      break;
    }
    made.push(answer.body.id);
    expect(made.length).toBeLessThanOrEqual(50);
  }
  expect((await ask<{ items: Webhook[] }>("")).body.items).toHaveLength(50);
  for (const id of made) await ask(`/${id}`, "DELETE");
});
