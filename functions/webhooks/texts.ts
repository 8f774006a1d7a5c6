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
  "webhook.fault.redirect": {
    en: "answers with a redirect, which is not followed",
    "zh-CN": "响应为重定向，系统不跟随重定向",
  },
  "webhook.fault.status": {
    en: "answers {status}",
    "zh-CN": "响应状态码 {status}",
  },
  "webhook.fault.address": {
    en: "the address must not be called from here",
    "zh-CN": "不允许从此服务器访问该地址",
  },
  "webhook.disabled.gone": {
    en: "answered 410: it is gone",
    "zh-CN": "响应 410：该地址已永久失效",
  },
  "webhook.disabled.day": {
    en: "took nothing for a day; the last attempt: {fault}",
    "zh-CN": "一天内未成功接收任何消息；最后一次尝试：{fault}",
  },
} as const satisfies Texts;

type Keys = typeof webhookTexts;
declare module "../core/locale/locale.ts" {
  interface TextTable extends Keys {}
}
