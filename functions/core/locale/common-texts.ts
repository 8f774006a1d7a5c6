import type { Texts } from "./locale.ts";

export const commonTexts = {
  unauthorized: {
    en: "Unauthorized",
    "zh-CN": "未认证或Token无效",
  },
  "body.contentType": {
    en: "send it as JSON, with the header Content-Type: application/json",
    "zh-CN": "请以 JSON 发送，并设置请求头 Content-Type: application/json",
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
