import { and, eq, sql, type SQL } from "drizzle-orm";
import { ledger } from "../../../schema/billing.ts";
import { taskInputUses } from "../../../schema/compute/files.ts";
import { tasks } from "../../../schema/compute/tasks.ts";
import { audit } from "../../../schema/core.ts";
import { auditChange, auditNew } from "../../core/audit.ts";
import { inMaintenance } from "../../accounts/maintenance.ts";
import { requireUser } from "../../accounts/sign-in/sessions.ts";
import { hold, insufficientBalance } from "../../billing/holds.ts";
import { forgetConfiguration, readConfiguration, settingNow } from "../../core/configuration.ts";
import type { Ctx, UserActor } from "../../core/context.ts";
import { ConstraintError, type Query, type Statement } from "../../core/database/database.ts";
import { AppError } from "../../core/errors.ts";
import { sha256Hex } from "../../kit/hash/hash.ts";
import { newId } from "../../kit/ids.ts";
import { dispatchSoon } from "../agents/dispatch.ts";
import { checkConfig, unknownInputs, type TaskConfig } from "./task-config.ts";
import { summarize, summaryColumns, visible, type TaskSummary } from "./tasks.ts";

/** Seconds after which one of a user's open tasks may have ended. */
const LIMIT_RETRY_SECONDS = 30;

export type NewTask = {
  title: string;
  description: string;
  task_type: string;
  priority: number;
  /** Minutes. */
  estimated_duration: number;
  config: TaskConfig;
};

/**
 * Makes a pending task and takes its hold from the user's balance, both or neither. The same idempotency key and task
 * give the same task again. One round trip.
 * @throws AppError VALIDATION_ERROR, TASK_LIMIT_EXCEEDED, INSUFFICIENT_BALANCE, SERVER_UNAVAILABLE, IDEMPOTENCY_CONFLICT.
 */
export async function createTask(ctx: Ctx, input: NewTask, idempotencyKey?: string): Promise<TaskSummary> {
  const user = requireUser(ctx.actor);
  const { db, clock, config } = ctx.deps;
  checkConfig(ctx.locale, input.config);
  const now = clock();
  const id = newId("tsk", now);
  const amount = config.PRICE_PER_MINUTE * input.estimated_duration;
  const { requirements = {} } = input.config;
  const requestHash = sha256Hex(JSON.stringify(input));
  const money = { userId: user.id, taskId: id, round: 1, amount, actor: user.id };
  try {
    const [[row]] = await db.write((q) => [
      q
        .insert(tasks)
        .values({
          id,
          userId: withinLimit(sql`${user.id}`),
          title: input.title,
          description: input.description,
          taskType: input.task_type,
          priority: input.priority,
          status: pendingFor(user),
          config: input.config,
          estimatedDuration: input.estimated_duration,
          price: config.PRICE_PER_MINUTE,
          hold: amount,
          needMemory: requirements.memory ?? 0,
          needGpus: requirements.gpu_count ?? 0,
          needGpuName: requirements.gpu_name ?? null,
          idempotencyKey: idempotencyKey ?? null,
          requestHash,
          createdAt: now,
          updatedAt: now,
        })
        .returning(summaryColumns),
      q.insert(audit).values(auditNew(ctx, "task.create", id, { task_type: input.task_type })),
      hold(q, money, now),
      useInputs(q, id),
    ]);
    if (!row) throw new Error("an insert without its row");
    dispatchSoon(ctx);
    return summarize(row);
  } catch (error) {
    const earlier = await findEarlier(ctx, user, error, idempotencyKey, requestHash);
    if (earlier) return earlier;
    throw await startRefusal(ctx, error, async () => amount);
  }
}

/**
 * Starts a failed or cancelled task anew: pending, with a hold of its own. One round trip.
 * @throws AppError TASK_NOT_FOUND, TASK_STATE_CONFLICT, and what refuses a new task.
 */
export async function retryTask(ctx: Ctx, id: string): Promise<TaskSummary> {
  const user = requireUser(ctx.actor);
  const { db, clock } = ctx.deps;
  const now = clock();
  const mine = visible(ctx, id);
  try {
    const [[before], [row]] = await db.write((q) => [
      q.select({ status: tasks.status }).from(tasks).where(mine),
      q
        .update(tasks)
        .set({
          userId: withinLimit(sql`tasks.user_id`),
          status: pendingFor(user),
          round: sql`${tasks.round} + 1`,
          losses: 0,
          progress: 0,
          cost: 0,
          result: {},
          errorMessage: null,
          gpuServerId: null,
          claimId: null,
          leaseUntil: null,
          deadlineAt: null,
          startedAt: null,
          completedAt: null,
          updatedAt: now,
        })
        .where(and(mine, sql`${tasks.status} IN ('failed', 'cancelled')`))
        .returning(summaryColumns),
      q.insert(audit).select(auditChange(ctx, "task.retry", id)),
      holdAgain(q, id, user.id, now),
      useInputs(q, id),
    ]);
    if (!before) throw new AppError("TASK_NOT_FOUND");
    if (!row) throw new AppError("TASK_STATE_CONFLICT", { state: before.status });
    dispatchSoon(ctx);
    return summarize(row);
  } catch (error) {
    throw await startRefusal(ctx, error, () => holdOf(ctx, id));
  }
}

/** The user's id, or NULL where that user has as many open tasks as one may have. */
function withinLimit(userId: SQL): SQL<string> {
  return sql<string>`CASE WHEN (
    SELECT count(*) FROM tasks AS open WHERE open.user_id = ${userId} AND open.status IN ('pending', 'running')
  ) < ${settingNow("max_concurrent_tasks_per_user")} THEN ${userId} END`;
}

/** `pending`, or NULL where the service is in maintenance and this is no administrator. */
function pendingFor({ role }: UserActor): "pending" | SQL<"pending"> {
  if (role === "admin") return "pending";
  return sql<"pending">`CASE WHEN ${settingNow("maintenance_mode")} = 0 THEN 'pending' END`;
}

/** The hold of a pending task that has none for its round yet. */
function holdAgain(query: Query, id: string, actor: string, now: number): Statement {
  return query
    .insert(ledger)
    .select(
      sql`SELECT NULL, user_id, 'hold', -hold, 'hold:' || id || ':' || round, id, '', ${actor}, ${now}
      FROM tasks WHERE id = ${id} AND status = 'pending'`,
    )
    .onConflictDoNothing({ target: ledger.key });
}

/** Ties the inputs that a pending task's config names to it; NULL, which is refused, for one that its user does not have. */
function useInputs(query: Query, id: string): Statement {
  return query
    .insert(taskInputUses)
    .select(
      sql`SELECT DISTINCT tasks.id, (SELECT id FROM task_inputs WHERE upload_id = named.value AND user_id = tasks.user_id)
      FROM tasks, json_each(tasks.config, '$.inputs') AS named WHERE tasks.id = ${id} AND tasks.status = 'pending'`,
    )
    .onConflictDoNothing();
}

async function findEarlier(
  ctx: Ctx,
  user: UserActor,
  error: unknown,
  idempotencyKey: string | undefined,
  requestHash: string,
): Promise<TaskSummary | undefined> {
  if (idempotencyKey === undefined || !(error instanceof ConstraintError)) return undefined;
  const [row] = await ctx.deps.db.read((q) =>
    q
      .select({ ...summaryColumns, requestHash: tasks.requestHash })
      .from(tasks)
      .where(and(eq(tasks.userId, user.id), eq(tasks.idempotencyKey, idempotencyKey))),
  );
  if (row && row.requestHash !== requestHash) throw new AppError("IDEMPOTENCY_CONFLICT");
  return row && summarize(row);
}

async function holdOf(ctx: Ctx, id: string): Promise<number> {
  const [row] = await ctx.deps.db.read((q) =>
    q.select({ hold: tasks.hold }).from(tasks).where(visible(ctx, id)),
  );
  return row?.hold ?? 0;
}

async function startRefusal(ctx: Ctx, error: unknown, amount: () => Promise<number>): Promise<unknown> {
  if (!(error instanceof ConstraintError)) return error;
  switch (error.constraint) {
    case "tasks.status":
      return inMaintenance();
    case "task_input_uses.input_id":
      return unknownInputs(ctx.locale);
    case "balances_covered":
      return insufficientBalance(await amount(), error);
    case "tasks.user_id": {
      forgetConfiguration(ctx.deps);
      const { max_concurrent_tasks_per_user: limit } = await readConfiguration(ctx.deps);
      return new AppError("TASK_LIMIT_EXCEEDED", { limit }, { retryAfter: LIMIT_RETRY_SECONDS });
    }
    default:
      return error;
  }
}
