import type { Texts } from "../core/locale/locale.ts";

export const logTexts = {
  "log.system": {
    en: "The system's log",
    "zh-CN": "系统日志获取成功",
  },
  "log.days": {
    en: "The archived days of the log",
    "zh-CN": "日志归档日期获取成功",
  },
  "log.actions": {
    en: "What users did",
    "zh-CN": "用户操作日志获取成功",
  },
} as const satisfies Texts;

type Keys = typeof logTexts;
declare module "../core/locale/locale.ts" {
  interface TextTable extends Keys {}
}
