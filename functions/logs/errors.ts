import type { ErrorDefinitions } from "../core/errors.ts";

export const logErrors = {
  LOG_NOT_FOUND: {
    status: 404,
    en: "There is no log of this day: choose another day",
    "zh-CN": "当天没有日志，请选择其他日期",
  },
} as const satisfies ErrorDefinitions;

type Codes = typeof logErrors;
declare module "../core/errors.ts" {
  interface ErrorTable extends Codes {}
}
