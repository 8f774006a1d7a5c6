import { sql, type SQL } from "drizzle-orm";
import { tasks } from "../../../schema/compute/tasks.ts";
import type { Ctx } from "../../core/context.ts";
import type { Query, Statement } from "../../core/database/database.ts";
import { jsonMoment } from "../../webhooks/events/payload.ts";
import { tellOf } from "../../webhooks/events/tell-of.ts";
import type { Ending, EndingTransition } from "./endings.ts";
import { isIn } from "./transitions.ts";

/**
 * The statement that tells webhooks of tasks that are about to end: `endTasks` must follow in the same batch, of the same
 * transition, tasks and ending. Coming first, it finds them in the state that they leave, which each task leaves once.
 */
export const tellOfEnding = (
  ctx: Ctx,
  query: Query,
  transition: EndingTransition,
  chosen: SQL,
  { cost, errorMessage }: Ending,
  now: number,
): Statement =>
  tellOf(ctx, query, {
    type: `task.${transition.to}`,
    data: {
      task_id: sql`${tasks.id}`,
      title: sql`${tasks.title}`,
      task_type: sql`${tasks.taskType}`,
      user_id: sql`${tasks.userId}`,
      attempt: sql`${tasks.attempt}`,
      server_id: sql`${tasks.gpuServerId}`,
      cost: sql`(${cost}) / 100.0`,
      error: errorMessage ?? null,
      started_at: jsonMoment(tasks.startedAt),
    },
    from: sql`${tasks}`,
    when: sql`(${chosen}) AND ${isIn(transition.from)}`,
    at: now,
  });
