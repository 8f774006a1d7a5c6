import { readFileSync } from "node:fs";
import { afterAll, describe, expect, test, vi } from "vitest";
import { taskStates } from "../../schema/compute/tasks.ts";
import { pushTasks } from "../../functions/compute/agents/push-tasks.ts";
import {
  NOWHERE,
  stateDiagram,
  transitions,
  type TaskState,
} from "../../functions/compute/queue/transitions.ts";
import { deleteServer } from "../../functions/compute/servers/delete-server.ts";
import { cancelTask } from "../../functions/compute/tasks/cancel-task.ts";
import { deleteTask } from "../../functions/compute/tasks/delete-task.ts";
import { expireDeadlines } from "../../functions/compute/upkeep/expire-deadlines.ts";
import { expireLeases } from "../../functions/compute/upkeep/expire-leases.ts";
import { retryTask } from "../../functions/compute/tasks/retry-task.ts";
import type { Ctx } from "../../functions/core/context.ts";
import { AppError } from "../../functions/core/errors.ts";
import { startPushAgent } from "../support/agent.ts";
import { useDomain, type Domain } from "../support/domain.ts";
import { asAdmin, completed, MINUTE, newAgent, taskRow } from "./dispatch-domain.ts";
import { newTask, newUser } from "./tasks-domain.ts";

vi.setConfig({ testTimeout: 60_000 });

const openDomain = useDomain();
const full = await startPushAgent("full");
afterAll(() => full.stop());

/** Notes every change of a task's state, whichever statement makes it. */
const WATCH = [
  "CREATE TABLE IF NOT EXISTS moves (task_id TEXT, was TEXT, became TEXT)",
  `CREATE TRIGGER IF NOT EXISTS note_new AFTER INSERT ON tasks
    BEGIN INSERT INTO moves VALUES (NEW.id, '${NOWHERE}', NEW.status); END`,
  `CREATE TRIGGER IF NOT EXISTS note_changed AFTER UPDATE OF status ON tasks WHEN OLD.status <> NEW.status
    BEGIN INSERT INTO moves VALUES (NEW.id, OLD.status, NEW.status); END`,
  `CREATE TRIGGER IF NOT EXISTS note_gone AFTER DELETE ON tasks
    BEGIN INSERT INTO moves VALUES (OLD.id, OLD.status, '${NOWHERE}'); END`,
];

async function watched(): Promise<Domain> {
  const domain = await openDomain({ settings: { ALLOW_PRIVATE_AGENTS: "true" } });
  for (const statement of WATCH) await domain.rows(statement);
  return domain;
}

/** How a task went from state to state, in order. */
const movesOf = async (domain: Domain, id: string) =>
  (
    await domain.rows<{ was: string; became: string }>({
      sql: "SELECT was, became FROM moves WHERE task_id = ? ORDER BY rowid",
      args: [id],
    })
  ).map(({ was, became }) => `${was} --> ${became}`);

/** A task, who made it, and the agent that has or had it. */
type World = { domain: Domain; user: Ctx; id: string; agent: Awaited<ReturnType<typeof newAgent>> };

const runOf = async ({ domain, id }: World) => ({
  task_id: id,
  attempt: Math.max(1, (await taskRow(domain, id)).attempt),
});

/** What brings a new task into a state. */
const preparations: Record<TaskState, (world: World) => Promise<unknown>> = {
  pending: async () => undefined,
  running: ({ agent }) => agent.heartbeat(1),
  completed: async (world) => {
    await world.agent.heartbeat(1);
    await world.agent.report(await runOf(world), completed());
  },
  failed: async (world) => {
    await world.agent.heartbeat(1);
    await world.agent.report(await runOf(world), { type: "failed", seq: 1, error: "broken" });
  },
  cancelled: ({ user, id }) => cancelTask(user, id),
};

/** What makes each transition happen, wherever the task is that it may begin from. */
const happenings: Record<Exclude<keyof typeof transitions, "created">, (world: World) => Promise<unknown>> = {
  claimed: ({ agent }) => agent.heartbeat(1),
  completed: async (world) => world.agent.report(await runOf(world), completed()),
  failed: async (world) =>
    world.agent.report(await runOf(world), { type: "failed", seq: 1, error: "broken" }),
  cancelled: ({ user, id }) => cancelTask(user, id),
  leaseLost: ({ domain }) => expireLeases(asAdmin(domain), domain.deps.clock() + 10 * MINUTE),
  lostTooOften: async ({ domain, id }) => {
    await domain.rows({ sql: "UPDATE tasks SET losses = 2 WHERE id = ?", args: [id] });
    await expireLeases(asAdmin(domain), domain.deps.clock() + 10 * MINUTE);
  },
  timedOut: ({ domain }) => expireDeadlines(asAdmin(domain), domain.deps.clock() + 24 * 60 * MINUTE),
  refused: async (world) => {
    const assignment = { ...(await runOf(world)), task_type: "test", config: {}, inputs: [] };
    const rest = { timeout_seconds: 1, lease_seconds: 1, callback_url: "" };
    const output_upload = { url: "", kind: "output", max_bytes: 1 } as const;
    const server = { id: world.agent.id, agentUrl: full.url, tokenVersion: 1 };
    await pushTasks(asAdmin(world.domain), server, [{ ...assignment, ...rest, output_upload }]);
  },
  serverDeleted: ({ domain, agent }) => deleteServer(asAdmin(domain), agent.id),
  retried: ({ user, id }) => retryTask(user, id),
  deleted: ({ user, id }) => deleteTask(user, id),
};

const names = Object.keys(happenings) as (keyof typeof happenings)[];

describe.each(taskStates)("a task that is %s", (state) => {
  test("moves where the table says, and nowhere else, whatever happens", async () => {
    const domain = await watched();
    const user = await newUser(domain, 1_000_000);
    for (const name of names) {
      await domain.rows("DELETE FROM tasks");
      const agent = await newAgent(domain, 2);
      const { id } = await newTask(user);
      const world: World = { domain, user, id, agent };
      await preparations[state](world);
      const before = await movesOf(domain, id);
      expect(before.at(-1)).toMatch(` --> ${state}`);
      await happenings[name](world).catch((error: unknown) => {
        if (!(error instanceof AppError) || error.code === "SERVICE_UNAVAILABLE") throw error;
      });
      await domain.settle();
      const { from, to } = transitions[name];
      const isAllowed = (from as readonly string[]).includes(state);
      const moves = (await movesOf(domain, id)).slice(before.length);
      expect(moves, `${name} of a task that is ${state}`).toEqual(isAllowed ? [`${state} --> ${to}`] : []);
    }
  });
});

test("a task begins where the table says", async () => {
  const domain = await watched();
  const { id } = await newTask(await newUser(domain, 1000));
  const { from, to } = transitions.created;
  expect(await movesOf(domain, id)).toEqual(from.map((place) => `${place} --> ${to}`));
});

test("README.md draws the table", () => {
  const page = readFileSync(new URL("../../functions/compute/README.md", import.meta.url), "utf8");
  const [, drawn] = /```mermaid\n(stateDiagram-v2\n.*?)```/s.exec(page) ?? [];
  const arrows = (diagram = "") =>
    diagram
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== "")
      .toSorted();
  expect(arrows(drawn)).toEqual(arrows(stateDiagram()));
});
