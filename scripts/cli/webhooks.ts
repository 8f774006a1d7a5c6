import { setTimeout as sleep } from "node:timers/promises";
import type { Command } from "commander";
import type { Client } from "../client/client.ts";
import { ClientError, EXIT } from "../client/errors.ts";
import { namesIn } from "./names.ts";
import { connect } from "./context.ts";
import type { Context } from "./context.ts";
import { table } from "./output.ts";
import { command } from "./run.ts";
import {
  createWebhook,
  deleteWebhook,
  getDelivery,
  listDeliveries,
  listWebhooks,
  resendDelivery,
  testWebhook,
} from "./webhooks-api.ts";
import type { Delivery } from "./webhooks-api.ts";

/** How long `test` and `resend` wait for the first attempt: the five seconds of an endpoint, and then some. */
const PATIENCE_MS = 10_000;
const LOOK_EVERY_MS = 200;

/** Adds `slipway webhooks list | add | remove | test | deliveries | resend`. */
export function addWebhooks(program: Command): void {
  const webhooks = program
    .command("webhooks")
    .description("have an address told of what happens, see what it was sent, send it again");
  command(webhooks, "list", "list webhooks, newest first").action(list);
  command(webhooks, "add <address>", "make a webhook, and show the secret that signs its messages this once")
    .list("--events <types>", "what it is told of (else all), between commas or given again")
    .list(
      "--software <slugs>",
      "the software that it is limited to (else none), between commas or given again",
    )
    .option("--description <text>", "what it is for")
    .action(add);
  command(webhooks, "remove <id>", "delete a webhook and its deliveries").action(remove);
  command(webhooks, "test <id>", "send a test message, and say how that ended").action(test);
  command(webhooks, "deliveries <id>", "list what a webhook was sent, newest first")
    .option("--state <state>", "pending, delivered or failed")
    .option("--limit <count>", "how many (default: 20)")
    .action(deliveries);
  command(webhooks, "resend <id> <delivery>", "send a delivery again, and say how that ended").action(resend);
}

async function list(ctx: Context): Promise<undefined> {
  const found = await listWebhooks(await connect(ctx));
  const rows = found.map((one) => [
    one.id,
    one.enabled ? "enabled" : "disabled",
    one.events?.join(" ") ?? "all",
    one.software?.join(" ") ?? "all",
    String(one.pending),
    one.last_delivered_at ?? "never",
    one.url,
  ]);
  const heading = ["ID", "STATE", "EVENTS", "SOFTWARE", "WAITING", "LAST TAKEN", "ADDRESS"];
  const reasons = found.flatMap(({ id, disabled_reason: reason }) =>
    reason === null ? [] : [`${id} was disabled: ${reason}.`],
  );
  ctx.out.result(found, found.length === 0 ? ["No webhooks."] : [...table([heading, ...rows]), ...reasons]);
}

type AddFlags = { events: string[]; software: string[]; description?: string };

async function add(ctx: Context, [url = ""]: string[], flags: AddFlags): Promise<undefined> {
  const [events, software] = [namesIn(flags.events), namesIn(flags.software)];
  const { description } = flags;
  const made = await createWebhook(await connect(ctx), {
    url,
    ...(events.length > 0 && { events }),
    ...(software.length > 0 && { software }),
    ...(description !== undefined && { description }),
  });
  ctx.out.note(`Made ${made.id}; the secret that its messages are signed with is shown this once:`);
  ctx.out.result(made, [made.secret]);
}

async function remove(ctx: Context, [id = ""]: string[]): Promise<undefined> {
  await deleteWebhook(await connect(ctx), id);
  ctx.out.result({ id, removed: true }, [`Webhook ${id} is gone, and what it was sent.`]);
}

async function test(ctx: Context, [id = ""]: string[]): Promise<undefined> {
  const client = await connect(ctx);
  await tellOutcome(ctx, client, id, await testWebhook(client, id));
}

async function resend(ctx: Context, [id = "", delivery = ""]: string[]): Promise<undefined> {
  const client = await connect(ctx);
  await tellOutcome(ctx, client, id, await resendDelivery(client, id, delivery));
}

type ListFlags = { state?: string; limit?: string };

async function deliveries(ctx: Context, [id = ""]: string[], flags: ListFlags): Promise<undefined> {
  const { state, limit } = flags;
  const filter = { ...(state !== undefined && { state }), ...(limit !== undefined && { limit }) };
  const page = await listDeliveries(await connect(ctx), id, filter);
  const rows = page.items.map((one) => [
    one.id,
    one.type,
    one.subject ?? "-",
    one.state,
    String(one.attempts),
    one.last_fault ?? String(one.last_status ?? "-"),
    one.next_attempt_at ?? "-",
    one.created_at,
  ]);
  const heading = ["ID", "EVENT", "ABOUT", "STATE", "ATTEMPTS", "LAST ANSWER", "NEXT ATTEMPT", "CREATED"];
  ctx.out.result(page, rows.length === 0 ? ["No deliveries."] : table([heading, ...rows]));
}

/** Waits for the next attempt of a delivery. @throws ClientError where the endpoint did not take the message. */
async function tellOutcome(ctx: Context, client: Client, id: string, sent: Delivery): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  let now = sent;
  const isOpen = () =>
    now.state === "pending" && now.last_fault === sent.last_fault && now.attempts <= sent.attempts + 1;
  while (isOpen() && Date.now() < until) {
    await sleep(LOOK_EVERY_MS, undefined, { signal: ctx.signal });
    now = await getDelivery(client, id, sent.id);
  }
  if (now.state === "delivered") {
    ctx.out.result(now, [`${id} took ${now.id}: ${now.last_status}.`]);
    return;
  }
  throw new ClientError(
    EXIT.unavailable,
    "NOT_DELIVERED",
    `${id} did not take ${now.id}: ${now.last_fault ?? "no answer yet"}.`,
    {
      hint: "`slipway webhooks deliveries` shows when it is tried again.",
      data: now,
    },
  );
}
