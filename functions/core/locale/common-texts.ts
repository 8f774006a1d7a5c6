import type { Texts } from "./locale.ts";

export const commonTexts = {
  unauthorized: {
    en: "Unauthorized",
    "zh-CN": "未认证或Token无效",
  },
  internal: {
    en: "Internal Server Error",
    "zh-CN": "服务器内部错误",
  },
} as const satisfies Texts;

type Keys = typeof commonTexts;
declare module "./locale.ts" {
  interface TextTable extends Keys {}
}
