import { ask } from "./request.ts";
import type { Answer } from "./request.ts";
import type { World } from "./world.ts";

/** Short, so that a silent agent loses its tasks during the run. */
export const LEASE_SECONDS = 5;
/** Far longer than any task needs, shorter than a run. */
export const TIMEOUT_SECONDS = 30;

/** The type of tasks that no agent survives. */
export const POISON = "poison";

export type AttemptName = { task_id: string; attempt: number };

/**
 * A task whose creation the server acknowledged. `cancel`: whether the server told its owner that it is cancelled, or that
 * answer may have been lost.
 */
export type FarmTask = { id: string; user: string; cancel?: "acknowledged" | "unknown" };

export type FarmUser = { name: string; id: string; token: string };

export type FarmWorld = World & {
  tasks: Map<string, FarmTask>;
  users: FarmUser[];
  /** The name of the agent that was given an attempt, under the attempt's `nameOf`. */
  given: Map<string, string>;
  /** The number of the attempt whose result the server acknowledged, by task. */
  completed: Map<string, number>;
  /** From now on agents behave. */
  calm: boolean;
  /** From now on agents do nothing more. */
  done: boolean;
};

export type Given = AttemptName & { task_type: string };

export const nameOf = ({ task_id, attempt }: AttemptName) => `${task_id} attempt ${attempt}`;

/** A number from `least` to `most`. */
export const between = (world: World, least: number, most: number) => least + world.random() * (most - least);

/** Sends a request with a token, or with none. JSON is sent by POST unless another method is named. */
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

/** An attempt that an agent works on, or whose end it could not yet report. */
export type Held = Given & { stopped: boolean };

/** An agent on a machine of the farm. */
export type FarmAgent = {
  name: string;
  token: string;
  slots: number;
  /** Until this moment it receives and sends nothing. Milliseconds since 1970. */
  silentUntil: number;
  isSilent: () => boolean;
  report: () => Record<string, unknown>;
  /** Begins an attempt, unless it already has that attempt or no free slot. */
  take: (given: Given) => "accepted" | "has it" | "full";
  stop: (named: AttemptName) => void;
  letGo: (held: Held) => void;
  /** Forgets all attempts, as after a crash. */
  forget: () => void;
};
