import type { Texts } from "../core/locale/locale.ts";

export const webhookTexts = {
  "webhook.address": {
    en: "use an https address with a public name, without user, password and fragment",
    "zh-CN": "请使用公开域名的 https 地址，不含用户名、密码和片段标识",
  },
  "webhook.limitedEvents": {
    en: "{type} is about no software: leave it out, or make the webhook without software",
    "zh-CN": "{type} 不针对任何软件：请去掉该事件，或创建不限定软件的Webhook",
  },
} as const satisfies Texts;

type Keys = typeof webhookTexts;
declare module "../core/locale/locale.ts" {
  interface TextTable extends Keys {}
}
