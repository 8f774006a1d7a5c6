import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { Ctx } from "../../functions/core/context.ts";
import { getDelivery } from "../../functions/webhooks/deliveries/get-delivery.ts";
import { listDeliveries } from "../../functions/webhooks/deliveries/list-deliveries.ts";
import { resendDelivery, testWebhook } from "../../functions/webhooks/deliveries/send-anew.ts";
import { createWebhook, type NewWebhook } from "../../functions/webhooks/endpoints/create-webhook.ts";
import { getWebhook } from "../../functions/webhooks/endpoints/list-webhooks.ts";
import { rotateWebhookSecret } from "../../functions/webhooks/endpoints/rotate-webhook-secret.ts";
import { updateWebhook } from "../../functions/webhooks/endpoints/update-webhook.ts";
import { deliverDue } from "../../functions/webhooks/sending/deliver-due.ts";
import { expireDeliveries } from "../../functions/webhooks/sending/expire-deliveries.ts";
import { useDomain, type Domain } from "../support/domain.ts";
import { atEveryCall, failingAt, faultModes } from "../support/domain/faults.ts";
import { answering, isSignedWith, startReceiver, type Receiver } from "./receiver.ts";

vi.setConfig({ testTimeout: 60_000 });

const SECOND_MS = 1000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const openDomain = useDomain();
const settings = { ALLOW_PRIVATE_WEBHOOKS: "true" };

let receiver: Receiver;
beforeAll(async () => {
  receiver = await startReceiver();
});
beforeEach(() => {
  receiver.messages.length = 0;
  receiver.answer(answering(200, "taken"));
});
afterAll(() => receiver.stop());

async function withWebhook(changes: Partial<NewWebhook> = {}) {
  const domain = await openDomain({ settings });
  const made = await createWebhook(domain.ctx, { url: `${receiver.url}/hook`, description: "", ...changes });
  return { domain, ...made };
}

/** One run, which does not wait for what is due a few seconds later. */
const run = (domain: Domain, changes: Parameters<Domain["isolate"]>[0] = {}) =>
  deliverDue(impatient(domain.isolate(changes, { type: "system" })));

/** A context that ends its run with the first claim. */
function impatient(ctx: Ctx): Ctx {
  let asked = 0;
  return { ...ctx, mayGoOn: () => asked++ === 0 };
}

async function sendTest(domain: Domain, id: string) {
  const { id: delivery } = await testWebhook(domain.ctx, id);
  await run(domain);
  return delivery;
}

test("a message is signed as Standard Webhooks verifies it, and what came back is kept", async () => {
  const { domain, id, secret } = await withWebhook();
  const delivery = await sendTest(domain, id);
  const [message] = receiver.messages;
  expect(message && isSignedWith(secret, message)).toBe(true);
  expect(message?.id).toBe(delivery);
  expect(message?.headers["content-type"]).toBe("application/json");
  expect(message?.body).toMatchObject({ type: "webhook.test", data: { webhook_id: id } });
  const details = await getDelivery(domain.ctx, id, delivery);
  expect(details).toMatchObject({ state: "delivered", attempts: 1, next_attempt_at: null, last_status: 200 });
  expect(details.payload).toBe(message?.text);
  expect(details.tries).toMatchObject([{ attempt: 1, status: 200, fault: null, answer: "taken" }]);
});

test("an endpoint that was down gets the message with the next attempt, under the same id", async () => {
  const { domain, id } = await withWebhook();
  receiver.answer(answering(503, "closed"));
  const delivery = await sendTest(domain, id);
  expect(await getDelivery(domain.ctx, id, delivery)).toMatchObject({
    state: "pending",
    last_fault: "answers 503",
  });
  await run(domain);
  expect(receiver.messages).toHaveLength(1);
  receiver.answer(answering(204));
  domain.advance(5 * SECOND_MS);
  await run(domain);
  expect(receiver.messages.map((message) => message.id)).toEqual([delivery, delivery]);
  expect(await getDelivery(domain.ctx, id, delivery)).toMatchObject({ state: "delivered", attempts: 2 });
});

test("a run waits for the first repetition", async () => {
  const { domain, id } = await withWebhook();
  receiver.answer((_message, response) =>
    answering(receiver.messages.length === 1 ? 500 : 200)(_message, response),
  );
  const { id: delivery } = await testWebhook(domain.ctx, id);
  await deliverDue(domain.isolate({}, { type: "system" }));
  expect(receiver.messages).toHaveLength(2);
  expect(await getDelivery(domain.ctx, id, delivery)).toMatchObject({ state: "delivered" });
});

test("a delivery is tried for a day with growing pauses, then given up, and the silent endpoint disabled with a notice", async () => {
  const { domain, id } = await withWebhook();
  receiver.answer(answering(500, "broken"));
  const delivery = await sendTest(domain, id);
  const { id: other } = await testWebhook(domain.ctx, id);
  const pauses: number[] = [];
  for (let attempt = 1; attempt < 8; attempt++) {
    const { next_attempt_at } = await getDelivery(domain.ctx, id, delivery);
    const pause = Date.parse(String(next_attempt_at)) - domain.deps.clock();
    pauses.push(Math.round(pause / SECOND_MS));
    domain.advance(pause + 1);
    await run(domain);
  }
  expect(pauses).toEqual(pauses.toSorted((a, b) => a - b));
  expect(pauses.reduce((sum, pause) => sum + pause, 0) * SECOND_MS).toBeGreaterThan(DAY_MS);
  expect(await getDelivery(domain.ctx, id, delivery)).toMatchObject({ state: "failed", attempts: 8 });
  expect(await getDelivery(domain.ctx, id, other)).toMatchObject({ state: "failed" });
  const reason = "took nothing for a day; the last attempt: answers 500";
  expect(await getWebhook(domain.ctx, id)).toMatchObject({
    enabled: false,
    disabled_reason: reason,
    pending: 0,
  });
  expect(domain.logs).toContainEqual({
    level: "warn",
    event: "webhook disabled",
    fields: { webhook: id, reason },
  });
  expect(await domain.rows("SELECT actor, target FROM audit WHERE action = 'webhook.disable'")).toEqual([
    { actor: "system", target: id },
  ]);
  expect(await updateWebhook(domain.ctx, id, { enabled: true })).toMatchObject({
    enabled: true,
    disabled_reason: null,
  });
});

test("an endpoint that refuses one message for a day and takes others stays enabled", async () => {
  const { domain, id } = await withWebhook();
  const { id: refused } = await testWebhook(domain.ctx, id);
  receiver.answer((message, response) => answering(message.id === refused ? 400 : 200)(message, response));
  await run(domain);
  for (let attempt = 1; attempt < 8; attempt++) {
    domain.advance(14 * HOUR_MS + SECOND_MS);
    await testWebhook(domain.ctx, id);
    await run(domain);
  }
  expect(await getDelivery(domain.ctx, id, refused)).toMatchObject({ state: "failed" });
  expect(await getWebhook(domain.ctx, id)).toMatchObject({ enabled: true });
});

test("an answer of 410 disables at once, and what waits is given up", async () => {
  const { domain, id } = await withWebhook();
  receiver.answer(answering(410));
  const { id: first } = await testWebhook(domain.ctx, id);
  await run(domain);
  expect(await getDelivery(domain.ctx, id, first)).toMatchObject({ state: "failed", attempts: 1 });
  expect(await getWebhook(domain.ctx, id)).toMatchObject({
    enabled: false,
    disabled_reason: "answered 410: it is gone",
  });
});

test("redirects are not followed, answers are cut, and silence ends after five seconds", async () => {
  const { domain, id } = await withWebhook();
  const elsewhere = { location: `${receiver.url}/elsewhere` };
  receiver.answer((_message, response) => void response.writeHead(302, elsewhere).end());
  const redirected = await sendTest(domain, id);
  expect(await getDelivery(domain.ctx, id, redirected)).toMatchObject({
    state: "pending",
    last_status: 302,
    last_fault: "answers with a redirect, which is not followed",
  });
  expect(receiver.at("/elsewhere")).toEqual([]);

  receiver.answer((_message, response) => {
    response.writeHead(200);
    const write = () => {
      while (!response.destroyed && response.write("é".repeat(8192)));
      if (!response.destroyed) response.once("drain", write);
    };
    write();
  });
  const huge = await getDelivery(domain.ctx, id, await sendTest(domain, id));
  expect(huge.state).toBe("delivered");
  expect(huge.tries[0]?.answer).toBe("é".repeat(512));

  receiver.answer(() => {});
  const began = Date.now();
  const silent = await getDelivery(domain.ctx, id, await sendTest(domain, id));
  expect(Date.now() - began).toBeLessThan(8 * SECOND_MS);
  expect(silent).toMatchObject({
    state: "pending",
    last_status: null,
    last_fault: "no answer within 5 seconds",
  });
});

test("nothing of the network's own words is kept of an endpoint that cannot be reached", async () => {
  const { domain, id } = await withWebhook({ url: "http://127.0.0.1:1/hook" });
  const [attempt] = (await getDelivery(domain.ctx, id, await sendTest(domain, id))).tries;
  expect(attempt).toMatchObject({ status: null, fault: "cannot be reached", answer: "" });
});

test.each([
  "http://hooks.example.com/a",
  "https://127.0.0.1/a",
  "https://2130706433/a",
  "https://[::1]/a",
  "https://192.168.1.7/a",
  "https://169.254.169.254/latest",
  "https://localhost/a",
  "https://box.internal/a",
  "https://user:secret@hooks.example.com/a",
  "https://hooks.example.com/a#part",
  "ftp://hooks.example.com/a",
  "hooks.example.com",
])("the address %s is refused when a webhook is made, and never called", async (url) => {
  const domain = await openDomain();
  const refused = createWebhook(domain.ctx, { url, description: "" });
  await expect(refused).rejects.toMatchObject({ code: "VALIDATION_ERROR" });
  // As one that was made while the deployment allowed it.
  const { id } = await createWebhook(domain.ctx, { url: "https://hooks.example.com/a", description: "" });
  await domain.rows({ sql: "UPDATE webhook_endpoints SET url = ?", args: [url] });
  const [attempt] = (await getDelivery(domain.ctx, id, await sendTest(domain, id))).tries;
  expect(attempt).toMatchObject({ status: null, fault: "the address must not be called from here" });
});

test("after a rotation both secrets verify for a day, then the new one alone", async () => {
  const { domain, id, secret: old } = await withWebhook();
  domain.advance(1);
  const { secret } = await rotateWebhookSecret(domain.ctx, id);
  expect(secret).not.toBe(old);
  await sendTest(domain, id);
  const [both] = receiver.messages;
  expect(both && [isSignedWith(secret, both), isSignedWith(old, both)]).toEqual([true, true]);
  await domain.rows("UPDATE webhook_endpoints SET previous_until = 1");
  await sendTest(domain, id);
  const later = receiver.messages[1];
  expect(later && [isSignedWith(secret, later), isSignedWith(old, later)]).toEqual([true, false]);
});

test("a delivery can be sent again, also one that has failed, and a disabled endpoint tried", async () => {
  const { domain, id } = await withWebhook();
  const delivery = await sendTest(domain, id);
  expect(await resendDelivery(domain.ctx, id, delivery)).toMatchObject({ state: "pending" });
  await run(domain);
  expect(receiver.messages.map((message) => message.id)).toEqual([delivery, delivery]);
  await updateWebhook(domain.ctx, id, { enabled: false });
  await sendTest(domain, id);
  expect(receiver.messages).toHaveLength(3);
});

test("one that waits for hours is sent at once, counted on, and once whoever runs at the same moment", async () => {
  const { domain, id } = await withWebhook();
  receiver.answer(answering(500));
  const delivery = await sendTest(domain, id);
  for (let attempt = 2; attempt <= 5; attempt++) {
    domain.advance(5 * HOUR_MS);
    await run(domain);
  }
  const waiting = await getDelivery(domain.ctx, id, delivery);
  expect(waiting).toMatchObject({ state: "pending", attempts: 5 });
  expect(Date.parse(String(waiting.next_attempt_at)) - domain.deps.clock()).toBeGreaterThan(HOUR_MS);

  receiver.answer((message, response) => setTimeout(() => answering(200)(message, response), 100));
  await Promise.all([
    resendDelivery(domain.ctx, id, delivery).then(() => run(domain)),
    run(domain),
    resendDelivery(domain.ctx, id, delivery).then(() => run(domain)),
    run(domain),
  ]);
  expect(receiver.messages).toHaveLength(6);
  const sent = await getDelivery(domain.ctx, id, delivery);
  expect(sent).toMatchObject({ state: "delivered", attempts: 6, next_attempt_at: null });
  expect(sent.tries.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4, 5, 6]);
});

test("runs at the same time send each delivery once, four at one endpoint at a time", async () => {
  const { domain, id } = await withWebhook();
  for (let count = 0; count < 30; count++) await testWebhook(domain.ctx, id);
  let [open, most] = [0, 0];
  receiver.answer((_message, response) => {
    most = Math.max(most, ++open);
    setTimeout(() => {
      open--;
      response.end();
    }, 100);
  });
  const isolates = Array.from({ length: 4 }, () => domain.isolate({}, { type: "system" }));
  await Promise.all(isolates.map((ctx) => deliverDue(ctx)));
  await deliverDue(domain.isolate({}, { type: "system" }));
  expect(receiver.messages).toHaveLength(30);
  expect(new Set(receiver.messages.map((message) => message.id)).size).toBe(30);
  expect(most).toBeLessThanOrEqual(4);
  const { items } = await listDeliveries(domain.ctx, id, { state: "delivered", limit: 100 });
  expect(items).toHaveLength(30);
});

test("an endpoint that hangs keeps no other waiting", async () => {
  const { domain, id } = await withWebhook();
  const { id: quick } = await createWebhook(domain.ctx, { url: `${receiver.url}/quick`, description: "" });
  receiver.answer((message, response) => {
    if (message.path === "/quick") response.end();
  });
  for (let count = 0; count < 12; count++) await testWebhook(domain.ctx, id);
  await testWebhook(domain.ctx, quick);
  const running = run(domain);
  await receiver.until("/quick", 1);
  const began = Date.now();
  await sleep(100);
  expect((await listDeliveries(domain.ctx, quick, { state: "delivered", limit: 10 })).items).toHaveLength(1);
  expect(Date.now() - began).toBeLessThan(3 * SECOND_MS);
  await running;
});

test.each(faultModes)(
  "when any call of a run %s, the message still comes, and ends delivered",
  async (mode) => {
    await atEveryCall(async (at) => {
      const { domain, id } = await withWebhook();
      receiver.messages.length = 0;
      const { id: delivery } = await testWebhook(domain.ctx, id);
      const fault = failingAt(domain.deps, at, mode);
      await run(domain, fault.deps).catch(() => undefined);
      domain.advance(31 * SECOND_MS);
      await run(domain);
      expect(receiver.messages.length, `call ${at}`).toBeGreaterThan(0);
      expect(new Set(receiver.messages.map((message) => message.id)), `call ${at}`).toEqual(
        new Set([delivery]),
      );
      expect(await getDelivery(domain.ctx, id, delivery)).toMatchObject({ state: "delivered" });
      return fault.reached();
    });
  },
);

test("deliveries that have ended are deleted after WEBHOOK_DAYS, those that wait are kept", async () => {
  const { domain, id } = await withWebhook();
  const ended = await sendTest(domain, id);
  const { id: waiting } = await testWebhook(domain.ctx, id);
  domain.advance(31 * DAY_MS);
  await expireDeliveries(domain.isolate({}, { type: "system" }));
  const { items } = await listDeliveries(domain.ctx, id, { limit: 10 });
  expect(items.map((item) => item.id)).toEqual([waiting]);
  await expect(getDelivery(domain.ctx, id, ended)).rejects.toMatchObject({ code: "DELIVERY_NOT_FOUND" });
  expect(await domain.rows("SELECT delivery_id FROM webhook_attempts")).toEqual([]);
});
