import type { IncomingMessage, ServerResponse } from "node:http";
import type { FarmAgent } from "./farm-world.ts";
import type { FarmWorld, Given } from "./farm-world.ts";
import { serveLocally, textOf } from "./local-server.ts";
import type { LocalServer } from "./local-server.ts";
import { count, violation } from "./world.ts";

/** The share of calls that are not answered as they should be. */
const ODD_ANSWERS = 0.06;

export type Listener = LocalServer & { agent?: FarmAgent };

/** Listens for the server's calls to an agent. The agent is put in later, because registering it takes this address. */
export async function listen(world: FarmWorld): Promise<Listener> {
  const listener: Listener = await serveLocally((request, response) =>
    answer(world, listener.agent, request, response),
  );
  return listener;
}

async function answer(
  world: FarmWorld,
  agent: FarmAgent | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!agent || agent.isSilent()) return void response.destroy();
  if (request.headers.authorization !== `Bearer ${agent.token}`)
    violation(world, `${agent.name} is called with a token that is not its own`);
  const text = await textOf(request);
  const call = `${request.method} ${request.url}`;
  const isOdd = !world.calm && world.random() < ODD_ANSWERS;

  if (call === "GET /status") return isOdd ? odd(world, response) : reply(response, 200, agent.report());
  const body = JSON.parse(text) as Given;
  if (call === "POST /tasks") {
    const how = agent.take(body);
    if (isOdd) return odd(world, response);
    return reply(response, { accepted: 202, "has it": 409, full: 429 }[how], { state: how });
  }
  const [, id] = /^POST \/tasks\/([^/]+)\/cancel$/.exec(call) ?? [];
  if (id === undefined) return violation(world, `an agent is called by ${call}`);
  agent.stop({ task_id: id, attempt: body.attempt });
  reply(response, 200, {});
}

function reply(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
}

/** Answers as no agent should. */
function odd(world: FarmWorld, response: ServerResponse): void {
  count(world, "odd answers of agents");
  const kinds = [
    () => response.destroy(),
    () => response.writeHead(500).end("<html>"),
    () => response.writeHead(302, { location: "http://127.0.0.1:1/" }).end(),
    () => reply(response, 418, { running_tasks: "all of them" }),
  ];
  kinds[Math.floor(world.random() * kinds.length)]?.();
}
