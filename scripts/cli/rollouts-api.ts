import { z } from "zod";
import { rolloutStates } from "../../functions/kit/rollout.ts";
import { ask } from "../client/ask.ts";
import type { Client } from "../client/client.ts";
import type { RolloutPlan } from "./rollout-plan.ts";

/** As many as the server puts on one page. */
const PAGE_SIZE = 100;

const Step = z.looseObject({ percent: z.number(), min_hours: z.number(), min_reports: z.number() });

const Rollout = z.looseObject({
  id: z.string(),
  software: z.string().nullable(),
  plugin: z.string().nullable(),
  version: z.string(),
  channel: z.string().nullable(),
  state: z.enum(rolloutStates),
  step: z.int(),
  steps: z.array(Step),
  percent: z.number(),
  policy: z.looseObject({ max_failure_rate: z.number(), on_failure: z.string() }),
  reason: z.string(),
  reports: z.int(),
  installed: z.int(),
  failures: z.int(),
  failure_rate: z.looseObject({ percent: z.number(), lower: z.number(), upper: z.number() }),
  next: z.looseObject({
    action: z.string(),
    not_before: z.string().nullable(),
    missing_reports: z.int(),
  }),
});
export type Rollout = z.infer<typeof Rollout>;

const Page = z.looseObject({ items: z.array(Rollout), total_pages: z.int() });

export type RolloutAction = "raise" | "pause" | "resume" | "complete" | "roll-back";

/** Begins a rollout of a version that is published. */
export const startRollout = (
  client: Client,
  json: RolloutPlan & { software: string; version: string; channel: string | undefined },
) => ask(client, Rollout, "POST", "/api/v1/rollouts", { json, key: "required" });

export const getRollout = (client: Client, id: string) =>
  ask(client, Rollout, "GET", `/api/v1/rollouts/${encodeURIComponent(id)}`, { key: "required" });

/** Rollouts, the newest first, page by page. */
export async function* listRollouts(
  client: Client,
  filter: { software?: string | undefined; state?: string | undefined },
): AsyncGenerator<Rollout> {
  for (let page = 1; ; page++) {
    const query = { ...filter, page, page_size: PAGE_SIZE };
    const answer = await ask(client, Page, "GET", "/api/v1/rollouts", { query, key: "required" });
    yield* answer.items;
    if (page >= answer.total_pages) return;
  }
}

export const actOnRollout = (
  client: Client,
  id: string,
  action: RolloutAction,
  json: { reason?: string | undefined; step?: number | undefined },
) =>
  ask(client, Rollout, "POST", `/api/v1/rollouts/${encodeURIComponent(id)}/${action}`, {
    json,
    key: "required",
  });
