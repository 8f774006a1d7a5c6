import type { components } from "../../../../scripts/client/openapi.ts";

export type Task = components["schemas"]["Task"];
export type TaskSummary = components["schemas"]["TaskSummary"];
export type TaskState = TaskSummary["status"];

export const taskStates: readonly TaskState[] = ["pending", "running", "completed", "failed", "cancelled"];

/** Whether a task still may change by itself. */
export const isOpen = (status: TaskState | undefined): boolean =>
  status === "pending" || status === "running";
