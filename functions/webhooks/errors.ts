import type { ErrorDefinitions } from "../core/errors.ts";

export const webhookErrors = {
  WEBHOOK_NOT_FOUND: {
    status: 404,
    en: "There is no such webhook: list the webhooks to see which there are",
    "zh-CN": "没有此Webhook，请查看Webhook列表",
  },
  DELIVERY_NOT_FOUND: {
    status: 404,
    en: "This webhook has no such delivery: list its deliveries to see which there are, old ones are deleted",
    "zh-CN": "该Webhook没有此投递记录：请查看投递列表，旧记录会被删除",
  },
  TOO_MANY_WEBHOOKS: {
    status: 409,
    en: "There are as many webhooks as there can be ({limit}): delete one first",
    "zh-CN": "Webhook数量已达上限（{limit}）：请先删除一个",
  },
} as const satisfies ErrorDefinitions;

type Codes = typeof webhookErrors;
declare module "../core/errors.ts" {
  interface ErrorTable extends Codes {}
}
