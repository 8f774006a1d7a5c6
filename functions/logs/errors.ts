import type { ErrorDefinitions } from "../core/errors.ts";

export const logErrors = {
  LOG_NOT_FOUND: {
    status: 404,
    en: "There is no log of this day",
    "zh-CN": "当天没有日志",
  },
} as const satisfies ErrorDefinitions;

type Codes = typeof logErrors;
declare module "../core/errors.ts" {
  interface ErrorTable extends Codes {}
}
