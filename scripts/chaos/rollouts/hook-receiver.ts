import type { IncomingMessage, ServerResponse } from "node:http";
import { serveLocally, textOf } from "../local-server.ts";
import type { LocalServer } from "../local-server.ts";
import { ask } from "../request.ts";
import type { RolloutsWorld } from "./world.ts";
import { count, violation } from "../world.ts";

/** The share of messages that the receiver takes and does not acknowledge. */
const UNACKNOWLEDGED = 0.1;

/** Takes the messages of a webhook, some of them without saying so. */
export async function receive(world: RolloutsWorld): Promise<LocalServer> {
  return serveLocally((request, response) => take(world, request, response));
}

/** Has the server send every move of a rollout to an address. */
export async function subscribe(world: RolloutsWorld, url: string): Promise<void> {
  const events = ["rollout.raised", "rollout.paused", "rollout.completed", "rollout.rolled_back"];
  const headers = { "content-type": "application/json", "x-api-key": world.apiKey };
  const body = JSON.stringify({ url, events });
  const answer = await ask(`${world.url}/api/v1/webhooks`, { method: "POST", headers, body });
  if (answer?.status !== 201) throw new Error(`the webhook is answered ${answer?.status}`);
}

async function take(world: RolloutsWorld, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const text = await textOf(request);
  const { type, data } = JSON.parse(text) as { type: string; data: { software: string; step: number } };
  const id = String(request.headers["webhook-id"]);
  const before = world.told.get(id);
  if (before && before.text !== text)
    violation(world, `message ${id} says something else when it comes again`);
  count(world, before ? "messages that came again" : "messages");
  world.told.set(id, { type, software: data.software, step: data.step, text });
  if (!world.over.aborted && world.random() < UNACKNOWLEDGED) return void response.destroy();
  response.end();
}
