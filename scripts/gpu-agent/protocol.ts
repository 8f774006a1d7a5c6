import { z } from "zod";

/** What the server assigns: a task to be run as one attempt. Unknown fields are ignored. */
export const assignmentSchema = z.object({
  // Both are part of a folder's name.
  task_id: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
  attempt: z.int().min(1),
  task_type: z.string().max(100),
  config: z.record(z.string(), z.unknown()),
  timeout_seconds: z.int().min(1),
  lease_seconds: z.int().min(1),
  inputs: z
    .array(
      z.object({
        file_name: z.string().regex(/^(?!\.{1,2}$)[^/\\\0]{1,255}$/),
        size: z.int().min(0),
        sha256: z.string(),
        url: z.url({ protocol: /^https?$/ }),
      }),
    )
    .max(100)
    .default([]),
});
export type Assignment = z.infer<typeof assignmentSchema>;
export type Input = Assignment["inputs"][number];

const cancelSchema = z.object({ task_id: z.string(), attempt: z.int() });

/** The answer to a heartbeat. Each assignment in it is checked by itself, so that a bad one does not spoil the others. */
export const heartbeatAnswerSchema = z.object({
  data: z.object({
    cancel: z.array(cancelSchema),
    assign: z.array(z.unknown()),
    next_seconds: z.number().min(0).max(3600),
  }),
});

export type TaskEvent =
  | { type: "progress"; progress: number; message?: string }
  | { type: "log"; level: "INFO" | "WARNING" | "ERROR"; message: string }
  | { type: "completed"; result: Record<string, unknown> }
  | { type: "failed"; error: string };

/** An event as it is sent. It is numbered within its attempt, so that the server recognises repeats. */
export type SentEvent = TaskEvent & { seq: number; at: string };

export const isFinal = (event: TaskEvent) => event.type === "completed" || event.type === "failed";

/** Whether an error code says that an attempt no longer belongs to its task. */
export const isStale = (code: string | undefined) => code === "STALE_ATTEMPT" || code === "TASK_NOT_FOUND";
