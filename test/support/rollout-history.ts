import { expect } from "vitest";
import type { Message } from "../webhooks/receiver.ts";
import { execute } from "./behind.ts";
import type { TestStack } from "./stack.ts";

/** What has happened to rollouts, as it was told, audited and counted. */

/**
 * The events that a receiver was told, in the order in which they happened. A message may come again under its id, which
 * then says the same; no two ids tell of the same.
 */
export function toldOnce(messages: readonly Message[]): Message["body"][] {
  const byId = new Map<string, string>();
  for (const { id, text } of messages) {
    expect(byId.get(id) ?? text, id).toBe(text);
    byId.set(id, text);
  }
  const texts = [...byId.values()];
  const events = texts.map((text) => JSON.parse(text) as Message["body"]);
  const things = events.map(({ type, data }) => JSON.stringify([type, data]));
  expect(things.toSorted()).toEqual([...new Set(things)].toSorted());
  return events.toSorted((a, b) => a.timestamp.localeCompare(b.timestamp));
}

/** By title, what has happened to each rollout, as `raise 2`: a move, and the step after it, from 1. In their order. */
export async function movesOf(stack: TestStack): Promise<Record<string, string[]>> {
  const rows = await query<{ action: string; target: string; step: number }>(
    stack,
    `SELECT action, target, detail ->> 'step' + 1 AS step FROM audit
      WHERE action GLOB 'rollout.*' AND action <> 'rollout.start' ORDER BY id`,
  );
  return byTitle(
    rows.map(({ action, target, step }) => {
      const [title = ""] = target.split(" ");
      return [title, `${action.replace("rollout.", "")} ${step}`];
    }),
  );
}

const moveOf: Record<string, string> = { raised: "raise", paused: "pause", completed: "complete" };

/** By title, what a receiver was told of rollouts, each event once, as `movesOf` says it. */
export const tellsOf = (messages: readonly Message[]): Record<string, string[]> =>
  byTitle(
    toldOnce(messages).map(({ type, data }) => [
      data.software as string,
      `${moveOf[type.replace("rollout.", "")] ?? type} ${data.step as number}`,
    ]),
  );

function byTitle(entries: [title: string, what: string][]): Record<string, string[]> {
  const titles = Object.groupBy(entries, ([title]) => title);
  return Object.fromEntries(
    Object.entries(titles).map(([title, of = []]) => [title, of.map(([, what]) => what)]),
  );
}

/** By title, of how many devices signals were counted; sums and rows have to agree. */
export async function reportsOf(stack: TestStack): Promise<Record<string, number>> {
  const rows = await query<{ slug: string; reports: number; counted: number }>(
    stack,
    `SELECT slug, reports, (SELECT count(*) FROM device_signals WHERE subject = versions.id) AS counted
      FROM signal_counts JOIN versions ON versions.id = signal_counts.subject
      JOIN software ON software.id = versions.software_id`,
  );
  for (const { slug, reports, counted } of rows) expect(reports, slug).toBe(counted);
  return Object.fromEntries(rows.map(({ slug, reports }) => [slug, reports]));
}

const query = async <Row>(stack: TestStack, sql: string) => (await execute(stack, sql)) as unknown as Row[];
