import { z } from "zod";
import type { ErrorParams } from "../errors.ts";
import { message, type Locale, type MessageKey } from "../locale/locale.ts";
import { pageSchema } from "./paging.ts";

/** The compute surface's form of an answer, for a route's `responses`: what was asked for is under `data`. */
export function dataAnswer<T extends z.ZodType>(description: string, data: T) {
  const schema = z.object({
    success: z.literal(true),
    message: z.string(),
    data,
    error_code: z.null(),
  });
  return { description, content: { "application/json": { schema } } };
}

/** The same for a list: a page of such items is under `data`. */
export function pageAnswer<T extends z.ZodType>(description: string, item: T) {
  return dataAnswer(description, pageSchema(item));
}

/** An answer of that form, for `c.json(success(c.var.locale, "task.found", data), 200)`. */
export function success<T>(locale: Locale, key: MessageKey, data: T, params: ErrorParams = {}) {
  return { success: true as const, message: message(locale, key, params), data, error_code: null };
}
