import { eq, sql } from "drizzle-orm";
import { tasks } from "../../../schema/compute/tasks.ts";
import { audited } from "../../core/audit.ts";
import { requireUser } from "../../accounts/sign-in/sessions.ts";
import { hold } from "../../billing/holds.ts";
import type { Ctx, UserActor } from "../../core/context.ts";
import { refusals } from "../../core/database/refusals.ts";
import type { Query } from "../../core/database/database.ts";
import { AppError } from "../../core/errors.ts";
import { sha256Hex } from "../../kit/hash/hash.ts";
import { newId } from "../../kit/ids.ts";
import { dispatchSoon } from "../agents/dispatch.ts";
import {
  ownerWithinLimit,
  pendingUnlessMaintenance,
  startConstraints,
  startRefusal,
  useInputs,
} from "./start-task.ts";
import { checkConfig, type TaskConfig } from "./task-config.ts";
import { selectTakers } from "./takers.sql.ts";
import { summarizeTask, taskSummaryColumns, type TaskSummary } from "./task-summary.ts";

export type NewTask = {
  title: string;
  description: string;
  task_type: string;
  priority: number;
  /** Minutes. */
  estimated_duration: number;
  config: TaskConfig;
};

const createRefusals = refusals({
  ...startConstraints,
  "tasks.user_id, tasks.idempotency_key": "key used",
});

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
  const request = { key: idempotencyKey, hash: sha256Hex(JSON.stringify(input)) };
  const outcome = await db.tryWrite(
    (q) => ({
      created: audited(ctx, q, insertTask(ctx, q, { id, user, input, amount, request, now }), {
        action: "task.create",
        target: id,
        detail: { task_type: input.task_type },
      }),
      held: hold(q, { userId: user.id, taskId: id, round: 1, amount, actor: user.id }, now),
      inputs: useInputs(q, id),
      takers: selectTakers(q, eq(tasks.id, id)),
    }),
    createRefusals,
  );
  if (outcome.done) {
    const [row] = outcome.done.created.change;
    if (!row) throw new Error("an insert without its row");
    dispatchSoon(ctx);
    return summarizeTask(ctx, row, outcome.done.takers);
  }
  // A repeated request is told of its task, whatever else would refuse it by now.
  const earlier = await findEarlier(ctx, user, request);
  if (earlier) return earlier;
  if (outcome.refused === "key used") throw outcome.cause;
  throw await startRefusal(ctx, outcome.refused, outcome.cause, () => amount);
}

type Request = { key: string | undefined; hash: string };

type Insertion = {
  id: string;
  user: UserActor;
  input: NewTask;
  amount: number;
  request: Request;
  now: number;
};

function insertTask({ deps }: Ctx, query: Query, { id, user, input, amount, request, now }: Insertion) {
  const { requirements = {} } = input.config;
  return query
    .insert(tasks)
    .values({
      id,
      userId: ownerWithinLimit(sql`${user.id}`),
      title: input.title,
      description: input.description,
      taskType: input.task_type,
      priority: input.priority,
      status: pendingUnlessMaintenance(user),
      config: input.config,
      estimatedDuration: input.estimated_duration,
      price: deps.config.PRICE_PER_MINUTE,
      hold: amount,
      needMemory: requirements.memory ?? 0,
      needGpus: requirements.gpu_count ?? 0,
      needGpuName: requirements.gpu_name ?? null,
      idempotencyKey: request.key ?? null,
      requestHash: request.hash,
      createdAt: now,
      updatedAt: now,
    })
    .returning(taskSummaryColumns);
}

async function findEarlier(
  ctx: Ctx,
  user: UserActor,
  { key, hash }: Request,
): Promise<TaskSummary | undefined> {
  if (key === undefined) return undefined;
  const ofKey = sql`${tasks.userId} = ${user.id} AND ${tasks.idempotencyKey} = ${key}`;
  const { found, takers } = await ctx.deps.db.readBatch((q) => ({
    found: q
      .select({ ...taskSummaryColumns, requestHash: tasks.requestHash })
      .from(tasks)
      .where(ofKey),
    takers: selectTakers(q, ofKey),
  }));
  const [row] = found;
  if (row && row.requestHash !== hash) throw new AppError("IDEMPOTENCY_CONFLICT");
  return row && summarizeTask(ctx, row, takers);
}
