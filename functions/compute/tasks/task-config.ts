import { z } from "zod";
import { AppError, type FieldIssue } from "../../core/errors.ts";
import { message, textKey, type Locale, type MessageKey } from "../../core/locale/locale.ts";
import { plainLine } from "../../kit/text.ts";

/** JSON of a task's config in bytes: it goes to an agent with every assignment. Larger input belongs into files. */
const MAX_CONFIG_BYTES = 64 * 1024;
/** Levels of a config or result: far below the 1,000 that SQLite's JSON functions and many clients read. */
export const MAX_JSON_DEPTH = 100;
/** Inputs of one task: each is a signed URL in an assignment. */
const MAX_INPUTS = 100;
/** GB; more than any machine has. */
const MAX_MEMORY_GB = 1_000_000;
const MAX_GPUS = 1024;

/** A task's config: anything for its agent, and what this server reads of it. */
export const taskConfig = z
  .looseObject({
    requirements: z
      .looseObject({
        memory: z.number().min(0).max(MAX_MEMORY_GB).optional().meta({ description: "GB for this task" }),
        gpu_count: z.int().min(0).max(MAX_GPUS).optional(),
        gpu_name: plainLine(1, 100).optional().meta({ description: "Part of a GPU's name" }),
      })
      .optional()
      .meta({ description: "Only servers that have all of this take the task" }),
    inputs: z
      .array(z.string().regex(/^upl_[0-9a-z]{26}$/, textKey("task.inputId")))
      .max(MAX_INPUTS)
      .optional()
      .meta({ description: "Uploads of the kind `input` by this user" }),
  })
  .meta({ description: "At most 64 KiB of JSON" });

export type TaskConfig = z.infer<typeof taskConfig>;

/** @throws AppError VALIDATION_ERROR for a config that is too large or nested too deeply. */
export function checkConfig(locale: Locale, config: TaskConfig): void {
  if (isDeeperThan(config, MAX_JSON_DEPTH)) throw configFault(locale, [], "task.configDepth");
  const bytes = new TextEncoder().encode(JSON.stringify(config)).length;
  if (bytes > MAX_CONFIG_BYTES) throw configFault(locale, [], "task.configSize");
}

/** The refusal of inputs that are not there, or not this user's. */
export const unknownInputs = (locale: Locale) => configFault(locale, ["inputs"], "task.unknownInputs");

function configFault(locale: Locale, path: string[], key: MessageKey): AppError {
  const problem = message(locale, key);
  const issue: FieldIssue = {
    where: "body",
    path: ["config", ...path],
    message: problem,
    type: "value_error",
  };
  return new AppError("VALIDATION_ERROR", { field: issue.path.join("."), problem }, { issues: [issue] });
}

/** Without recursion: what is looked at may be nested deeper than the stack. */
export function isDeeperThan(value: unknown, limit: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > limit) return true;
    level = level.flatMap((one) => (typeof one === "object" && one !== null ? Object.values(one) : []));
  }
  return false;
}
