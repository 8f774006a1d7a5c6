import { ask } from "./request.ts";
import type { Answer } from "./request.ts";
import type { World } from "./world.ts";

/** Short, so that a silent agent loses its tasks while one looks on. */
export const LEASE_SECONDS = 5;
/** Far more than any task needs, less than a run takes. */
export const TIMEOUT_SECONDS = 30;

/** The type of tasks that no agent survives. */
export const POISON = "poison";

export type AttemptName = { task_id: string; attempt: number };

/** A task whose creation was acknowledged. `cancel`: whether its owner was told that it is cancelled, or may have missed that. */
export type FarmTask = { id: string; user: string; cancel?: "acknowledged" | "unknown" };

export type FarmUser = { name: string; id: string; token: string };

export type FarmWorld = World & {
  tasks: Map<string, FarmTask>;
  users: FarmUser[];
  /** The agent that was given an attempt, by `nameOf`. */
  given: Map<string, string>;
  /** The attempt whose result was acknowledged, by task. */
  completed: Map<string, number>;
  /** From now on agents do as they should. */
  calm: boolean;
  /** Agents stop. */
  done: boolean;
};

export type Given = AttemptName & { task_type: string };

export const nameOf = ({ task_id, attempt }: AttemptName) => `${task_id} attempt ${attempt}`;

/** A number from `least` to `most`. */
export const between = (world: World, least: number, most: number) => least + world.random() * (most - least);

/** Asks as the holder of a token, or as nobody. JSON is sent by POST unless another method is named. */
export function askAs(
  { url }: World,
  token: string | null,
  path: string,
  init: { method?: string; json?: unknown; headers?: Record<string, string> } = {},
): Promise<Answer | null> {
  const { json, method = json === undefined ? "GET" : "POST", headers } = init;
  return ask(url + path, {
    method,
    headers: {
      "content-type": "application/json",
      ...(token !== null && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(json !== undefined && { body: JSON.stringify(json) }),
  });
}

/** What an answer has under `data`. @throws Error unless it is a 200. */
export function dataOf(what: string, answer: Answer | null): unknown {
  if (answer?.status !== 200)
    throw new Error(`${what} answers ${answer?.status}: ${JSON.stringify(answer?.body)}`);
  return answer.body.data;
}

/** An attempt that an agent works on, or whose end it has not been able to tell. */
export type Held = Given & { stopped: boolean };

/** A machine of the farm, as its agent sees it. */
export type FarmAgent = {
  name: string;
  token: string;
  slots: number;
  /** Hears and says nothing until then, in milliseconds since 1970. */
  silentUntil: number;
  isSilent: () => boolean;
  report: () => Record<string, unknown>;
  /** Takes an attempt on, unless it is known or there is no room for it. */
  take: (given: Given) => "accepted" | "has it" | "full";
  stop: (named: AttemptName) => void;
  letGo: (held: Held) => void;
  /** Knows of nothing any more, as after a crash. */
  forget: () => void;
};
