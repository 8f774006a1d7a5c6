import type { Aftermath } from "./aftermath.ts";
import { askAs, dataOf, TIMEOUT_SECONDS } from "./farm-world.ts";
import type { FarmWorld } from "./farm-world.ts";
import { none } from "./invariants.ts";
import { count, violation } from "./world.ts";

/** How many leases a task may lose. */
const MOST_LOSSES = 3;

type Task = {
  id: string;
  status: string;
  attempt: number;
  result: string;
  error_message: string | null;
};
type Run = { task_id: string; attempt: number; server: string; took: number; outcome: string | null };

/**
 * Checks that every task completed once or failed for a reason, that nothing acknowledged was lost, that a task's result is
 * from the attempt that had the task, and that all money was settled once.
 * @param balance of each user at the beginning, in units
 */
export async function checkFarm(
  world: FarmWorld,
  behind: Aftermath,
  balance: number,
  admin: string,
): Promise<void> {
  await checkTasks(world, behind);
  await checkMoney(world, behind, balance);
  const checked = await askAs(world, admin, "/api/admin/ledger/check");
  const ledger = dataOf("ledger check", checked) as { ok: boolean; problems: unknown[] };
  if (!ledger.ok) violation(world, `the ledger check says ${JSON.stringify(ledger.problems.slice(0, 5))}`);
  await none(world, behind, "task counts that are not those of the tasks", [
    `SELECT owner, task_type, status, count FROM task_counts WHERE count <> (SELECT count(*) FROM tasks
      WHERE tasks.task_type = task_counts.task_type AND tasks.status = task_counts.status
        AND (task_counts.owner = '' OR tasks.user_id = task_counts.owner))`,
  ]);
}

async function checkTasks(world: FarmWorld, behind: Aftermath): Promise<void> {
  const tasks = await behind.query<Task>("SELECT id, status, attempt, result, error_message FROM tasks");
  const runs = Map.groupBy(
    await behind.query<Run>(
      `SELECT task_id, attempt, outcome, ended_at - started_at AS took,
        (SELECT name FROM gpu_servers WHERE id = server_id) AS server FROM task_runs ORDER BY attempt`,
    ),
    (run) => run.task_id,
  );
  const found = new Map(tasks.map((task) => [task.id, task]));
  for (const { id } of world.tasks.values())
    if (!found.has(id)) violation(world, `${id} was acknowledged and is not there`);
  for (const { id } of tasks)
    if (!world.tasks.has(id)) violation(world, `${id} is there twice or for nobody`);
  for (const [id, attempt] of world.completed) {
    const task = found.get(id);
    if (task?.status !== "completed" || task.attempt !== attempt)
      violation(
        world,
        `${id} was acknowledged as completed by attempt ${attempt} and is ${JSON.stringify(task)}`,
      );
  }
  for (const task of tasks) {
    const problem = problemOf(world, task, runs.get(task.id) ?? []);
    if (problem) violation(world, `${task.id} ${problem}: ${JSON.stringify([task, runs.get(task.id)])}`);
    else count(world, `tasks right at the end: ${task.status} ${task.error_message ?? ""}`);
  }
}

/** What is wrong with an ended task, or undefined. */
function problemOf(world: FarmWorld, task: Task, runs: Run[]): string | undefined {
  const last = runs.at(-1);
  const outcomes = (outcome: string) => runs.filter((run) => run.outcome === outcome).length;
  if (runs.length !== task.attempt || runs.some((run, index) => run.attempt !== index + 1))
    return "has other runs than attempts";
  if (runs.some((run) => run.outcome === null)) return "has a run without an end";
  const cancel = world.tasks.get(task.id)?.cancel;
  if (cancel === "acknowledged" && task.status !== "cancelled") return "was cancelled";
  switch (task.status) {
    case "completed": {
      const { attempt, agent } = JSON.parse(task.result) as { attempt?: number; agent?: string };
      if (attempt !== task.attempt || agent !== last?.server) return "has the result of another attempt";
      return outcomes("completed") === 1 && last?.outcome === "completed"
        ? undefined
        : "is not completed once";
    }
    case "cancelled":
      return cancel ? undefined : "was not cancelled by anybody";
    case "failed":
      if (last?.outcome === "timeout")
        return last.took >= TIMEOUT_SECONDS * 1000 ? undefined : "timed out early";
      return last?.outcome === "lost" && outcomes("lost") === MOST_LOSSES
        ? undefined
        : "failed without a reason";
    default:
      return "has not ended";
  }
}

/** Compares the ledger's own entries with the tasks, without using the server's own check. */
async function checkMoney(world: FarmWorld, behind: Aftermath, balance: number): Promise<void> {
  const steps = (kind: string) =>
    `SELECT count(*) AS times, coalesce(sum(amount), 0) AS amount FROM ledger WHERE reference = tasks.id AND kind = '${kind}'`;
  await none(world, behind, "holds not settled once", [
    `SELECT id, status, hold, cost FROM tasks
      WHERE (SELECT times <> 1 OR amount <> -tasks.hold FROM (${steps("hold")}))
        OR (SELECT times <> 1 OR amount <> tasks.hold FROM (${steps("release")}))
        OR (SELECT times <> (tasks.cost > 0) OR amount <> -tasks.cost FROM (${steps("charge")}))`,
  ]);
  await none(world, behind, "costs that cannot be", [
    `SELECT id, status, hold, cost FROM tasks WHERE cost > hold OR cost < 0
      OR (status = 'failed' AND cost <> 0) OR (status = 'completed' AND cost = 0)`,
  ]);
  await none(world, behind, "balances that are not what is left", [
    `SELECT user_id, balance, ${balance * 100} - (SELECT sum(cost) FROM tasks WHERE user_id = balances.user_id) AS left
      FROM balances WHERE user_id IN (${world.users.map(({ id }) => `'${id}'`).join(", ")}) AND balance <>
        ${balance * 100} - (SELECT coalesce(sum(cost), 0) FROM tasks WHERE user_id = balances.user_id)`,
  ]);
}
