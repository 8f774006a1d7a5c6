import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { basisPointsOf, cohortOf, isOutFor, type RolloutState } from "../../functions/kit/rollout.ts";
import type { DescribedRollout } from "../../functions/rollouts/schemas.ts";
import type { Signal } from "../../functions/rollouts/signals/schemas.ts";
import { execute } from "./behind.ts";
import type { RequestOptions, TestStack } from "./stack.ts";

/** Asks for a rollout; refusals are for the caller to look at. */
export const askRollout = (
  stack: TestStack,
  json: unknown,
  options: RequestOptions = { asPublisher: true },
) => stack.request<DescribedRollout>("/api/v1/rollouts", { json, ...options });

/** Rolls a version of a title out to a share of the devices. */
export async function startRollout(
  stack: TestStack,
  software: string,
  version: string,
  percent: number,
): Promise<DescribedRollout> {
  const answer = await askRollout(stack, { software, version, steps: [{ percent }] });
  expect(answer.status, answer.text).toBe(201);
  return answer.body;
}

/** Puts a rollout into a state behind the server's back, and has its isolate forget what it knew. */
export async function putInto(
  stack: TestStack,
  { id, software }: Pick<DescribedRollout, "id" | "software">,
  state: RolloutState,
  reason = "",
): Promise<void> {
  await execute(stack, "UPDATE rollouts SET state = ?, reason = ? WHERE id = ?", [state, reason, id]);
  await forget(stack, software ?? "omega");
}

/** Has the server's isolate forget what it knew of releases. */
async function forget(stack: TestStack, software: string): Promise<void> {
  const json = { visibility: "public" };
  const answer = await stack.request(`/api/v1/software/${software}`, {
    method: "PUT",
    json,
    asPublisher: true,
  });
  expect(answer.status, answer.text).toBe(200);
}

/** The seed of a rollout, which nobody outside learns. */
export async function seedOf(stack: TestStack, id: string): Promise<string> {
  const rows = await execute(stack, "SELECT seed FROM rollouts WHERE id = ?", [id]);
  const seed = rows[0]?.seed;
  if (typeof seed !== "string") throw new Error(`no rollout ${id}`);
  return seed;
}

/** New devices, each with whether it is in a rollout at a percentage: as many as are asked for on each side. */
export async function devicesOf(stack: TestStack, id: string, percent: number, each = 1) {
  const seed = await seedOf(stack, id);
  const basisPoints = basisPointsOf(percent);
  const found: { device: string; isIn: boolean }[] = [];
  for (const isIn of [true, false]) {
    for (let count = 0; count < each;) {
      const device = randomUUID();
      if (isOutFor({ state: "active", seed, basisPoints }, device) !== isIn) continue;
      expect(cohortOf(seed, device) < basisPoints).toBe(isIn);
      found.push({ device, isIn });
      count++;
    }
  }
  return found;
}

/** A new device for each step of a rollout: the first step that has it in is that one. */
export async function devicesBetween<const P extends readonly number[]>(
  stack: TestStack,
  id: string,
  percents: P,
): Promise<{ [K in keyof P]: string }> {
  const seed = await seedOf(stack, id);
  const found = percents.map((percent, step) => {
    const below = basisPointsOf(percents[step - 1] ?? 0);
    for (;;) {
      const device = randomUUID();
      const cohort = cohortOf(seed, device);
      if (cohort >= below && cohort < basisPointsOf(percent)) return device;
    }
  });
  return found as { [K in keyof P]: string };
}

/** Has devices say the same of a version, in one call, and expects it to be taken. */
export async function say(stack: TestStack, said: Omit<Signal, "device_id">, devices: readonly string[]) {
  const signals = devices.map((device_id) => ({ ...said, device_id }));
  const answer = await stack.request("/api/v1/signals", { json: { signals } });
  expect(answer.status, answer.text).toBe(202);
}
