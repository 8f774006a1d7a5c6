import type { Aftermath } from "../aftermath.ts";
import { DEVICES, STEPS } from "./world.ts";
import type { RolloutsWorld, Title } from "./world.ts";
import { count, violation } from "../world.ts";

/** What has to have happened to the rollout of a title: a move, and the step after it, from 1. In their order. */
const movesOf = ({ verdict }: Title): string[] =>
  verdict === "crashed"
    ? ["paused 1"]
    : [...STEPS.slice(1).map((_, index) => `raised ${index + 2}`), `completed ${STEPS.length}`];

const names: Record<string, string> = {
  "rollout.raise": "raised",
  "rollout.pause": "paused",
  "rollout.complete": "completed",
};

/** Checks that every accepted signal is counted, and counted once. */
export async function checkCounts(world: RolloutsWorld, behind: Aftermath): Promise<void> {
  const rows = await behind.query<{ slug: string; reports: number; failures: number; counted: number }>(
    `SELECT slug, reports, failures,
        (SELECT count(*) FROM device_signals WHERE subject = versions.id) AS counted
      FROM signal_counts JOIN versions ON versions.id = signal_counts.subject
      JOIN software ON software.id = versions.software_id`,
  );
  const counts = new Map(rows.map((row) => [row.slug, row]));
  for (const { software, verdict } of world.titles) {
    const { reports, failures, counted } = counts.get(software) ?? {};
    const failed = verdict === "crashed" ? DEVICES : 0;
    if (reports !== DEVICES || counted !== DEVICES || failures !== failed)
      violation(
        world,
        `${software}: ${DEVICES} devices ${verdict}; counted are ${reports}, ${failures} of them failures, in ${counted} rows`,
      );
  }
}

/** Checks that each rollout made the moves that its devices asked for, each once and in their order. */
export async function checkMoves(world: RolloutsWorld, behind: Aftermath): Promise<void> {
  const rows = await behind.query<{ action: string; target: string; step: number }>(
    `SELECT action, target, detail ->> 'step' + 1 AS step FROM audit
      WHERE action GLOB 'rollout.*' AND action <> 'rollout.start' ORDER BY id`,
  );
  const moves = Map.groupBy(rows, ({ target }) => target.split(" ")[0]);
  for (const title of world.titles) {
    const made = (moves.get(title.software) ?? []).map(
      ({ action, step }) => `${names[action] ?? action} ${step}`,
    );
    compare(world, `the rollout of ${title.software} was`, made, movesOf(title));
    count(world, "rollouts whose moves were compared");
  }
}

/** Checks that the webhook was told of each move once, under one id. */
export function checkTold(world: RolloutsWorld): void {
  const told = Map.groupBy(world.told.values(), ({ software }) => software);
  for (const title of world.titles) {
    const moves = (told.get(title.software) ?? []).map(
      ({ type, step }) => `${type.replace("rollout.", "")} ${step}`,
    );
    compare(world, `of ${title.software} the webhook was told`, moves.toSorted(), movesOf(title).toSorted());
  }
}

function compare(world: RolloutsWorld, what: string, found: string[], expected: string[]): void {
  const [is, should] = [found.join(", "), expected.join(", ")];
  if (is !== should) violation(world, `${what} ${is || "nothing"} instead of ${should}`);
}
