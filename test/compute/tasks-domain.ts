import { createTask, type NewTask } from "../../functions/compute/tasks/create-task.ts";
import type { Ctx, UserActor } from "../../functions/core/context.ts";
import { sha256Hex } from "../../functions/kit/hash/hash.ts";
import { newId } from "../../functions/kit/ids.ts";
import type { Domain } from "../support/domain.ts";

/** An account straight in the database. @param balance hundredths, as an adjustment on its ledger */
export async function newUser(domain: Domain, balance: number, role: UserActor["role"] = "user") {
  const id = newId("usr");
  await domain.rows({
    sql: `INSERT INTO users (id, username, username_key, email, email_key, full_name, password_hash, role, is_active, created_at)
      VALUES (?, ?, ?, ?, ?, '', '', ?, 1, 0)`,
    args: [id, id, id, id, id, role],
  });
  await domain.rows({
    sql: `INSERT INTO ledger (user_id, kind, amount, key, reference, description, actor, created_at)
      VALUES (?, 'adjustment', ?, ?, '', '', 'test', 0)`,
    args: [id, balance, `test:${id}`],
  });
  const actor: UserActor = { type: "user", id, username: id, role, sessionKey: "s" };
  return domain.isolate({}, actor);
}

export const userIdOf = (ctx: Ctx) => (ctx.actor as UserActor).id;

/** A task as one who gives nothing but what is needed sends it. */
export const draft = (fields: Partial<NewTask> = {}): NewTask => ({
  title: "A task",
  description: "",
  task_type: "test",
  priority: 0,
  estimated_duration: 30,
  config: {},
  ...fields,
});

export const newTask = (ctx: Ctx, fields: Partial<NewTask> = {}) => createTask(ctx, draft(fields));

/** A server without an agent behind it, and its token. */
export async function newServer(domain: Domain) {
  const [id, token] = [newId("gpu"), newId("gpa")];
  await domain.rows({
    sql: `INSERT INTO gpu_servers (id, name, host, token_hash, max_concurrent_tasks, created_at, updated_at)
      VALUES (?, ?, 'test', ?, 4, 0, 0)`,
    args: [id, id, sha256Hex(token)],
  });
  return { id, token };
}

/** Gives a pending task to a server, as a claim does. @returns the attempt */
export async function assign(domain: Domain, taskId: string, serverId: string): Promise<number> {
  const now = domain.deps.clock();
  const [row] = await domain.rows<{ attempt: number }>({
    sql: `UPDATE tasks SET status = 'running', attempt = attempt + 1, gpu_server_id = ?, started_at = ?, lease_until = ?,
      claim_id = ? WHERE id = ? AND status = 'pending' RETURNING attempt`,
    args: [serverId, now, now + 300_000, newId("clm"), taskId],
  });
  if (!row) throw new Error("the task is not pending");
  await domain.rows({
    sql: "INSERT INTO task_runs (task_id, attempt, server_id, started_at) VALUES (?, ?, ?, ?)",
    args: [taskId, row.attempt, serverId, now],
  });
  return row.attempt;
}

/** The balance of a user in hundredths, which must be the sum of the ledger. */
export async function balanceOf(domain: Domain, ctx: Ctx): Promise<number> {
  const [row] = await domain.rows<{ balance: number; sum: number }>({
    sql: "SELECT balance, (SELECT sum(amount) FROM ledger WHERE user_id = balances.user_id) AS sum FROM balances WHERE user_id = ?",
    args: [userIdOf(ctx)],
  });
  if (row?.balance !== row?.sum) throw new Error(`balance ${row?.balance}, ledger ${row?.sum}`);
  return row?.balance ?? 0;
}

/** The ledger of a task: kinds and hundredths in their order. */
export const movements = async (domain: Domain, taskId: string) =>
  (
    await domain.rows<{ kind: string; amount: number }>({
      sql: "SELECT kind, amount FROM ledger WHERE reference = ? ORDER BY id",
      args: [taskId],
    })
  ).map(({ kind, amount }) => [kind, amount]);
