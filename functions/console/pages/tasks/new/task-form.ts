import type { components } from "../../../../../scripts/client/openapi.ts";
import type { Task } from "../task-states.ts";

export type NewTask = components["schemas"]["NewTask"];
export type Setting = { name: string; value: string };

/** What the form holds; numbers are as they are typed. */
export type TaskForm = {
  title: string;
  type: string;
  description: string;
  minutes: number;
  priority: number;
  settings: Setting[];
  memory: string;
  gpus: string;
  gpuName: string;
};

export const emptyForm = (): TaskForm => ({
  title: "",
  type: "",
  description: "",
  minutes: 30,
  priority: 0,
  settings: [],
  memory: "",
  gpus: "",
  gpuName: "",
});

/** What an earlier task was made with, in the form, but for its files. */
export function formOf(task: Task): TaskForm {
  return {
    ...emptyForm(),
    title: task.title,
    type: task.task_type,
    description: task.description,
    minutes: task.estimated_duration,
    priority: task.priority,
    ...partsOf(task.config),
  };
}

/** A config as the form shows it: its settings, and what it requires of a server. */
export function partsOf(
  config: Record<string, unknown>,
): Pick<TaskForm, "settings" | "memory" | "gpus" | "gpuName"> {
  const { requirements, inputs: _files, ...others } = config;
  const needs = (requirements ?? {}) as { memory?: number; gpu_count?: number; gpu_name?: string };
  return {
    settings: Object.entries(others).map(([name, value]) => ({ name, value: textOf(value) })),
    memory: String(needs.memory ?? ""),
    gpus: String(needs.gpu_count ?? ""),
    gpuName: needs.gpu_name ?? "",
  };
}

/** The upload ids of the files of a config. */
export const filesOf = ({ inputs }: Record<string, unknown>): string[] =>
  Array.isArray(inputs) ? inputs.filter((id) => typeof id === "string") : [];

/** What is sent for a form and the upload ids of its files. */
export function requestOf(form: TaskForm, inputs: string[]): NewTask {
  const requirements = {
    ...(form.memory !== "" && { memory: Number(form.memory) }),
    ...(form.gpus !== "" && { gpu_count: Number(form.gpus) }),
    ...(form.gpuName !== "" && { gpu_name: form.gpuName }),
  };
  const named = form.settings.filter(({ name }) => name.trim() !== "");
  return {
    title: form.title,
    task_type: form.type,
    description: form.description,
    estimated_duration: form.minutes,
    priority: form.priority,
    config: {
      ...Object.fromEntries(named.map(({ name, value }) => [name.trim(), valueOf(value)])),
      ...(Object.keys(requirements).length > 0 && { requirements }),
      ...(inputs.length > 0 && { inputs }),
    },
  };
}

/** `2` is a number, `true` a truth, `{"a": 1}` an object, `"2"` and `two` are texts. */
function valueOf(typed: string): unknown {
  try {
    return JSON.parse(typed);
  } catch {
    return typed;
  }
}

/** The shortest that is read as this value again. */
function textOf(value: unknown): string {
  if (typeof value !== "string") return JSON.stringify(value);
  return valueOf(value) === value ? value : JSON.stringify(value);
}
