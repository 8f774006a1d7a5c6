import type { ErrorDefinitions } from "../core/errors.ts";

export const billingErrors = {
  INSUFFICIENT_BALANCE: {
    status: 400,
    en: "The balance does not cover this task: it holds {amount}",
    "zh-CN": "余额不足：该任务需冻结 {amount}",
  },
  INVALID_RECHARGE_CODE: {
    status: 400,
    en: "This recharge code is not valid, or not any more",
    "zh-CN": "充值码无效或已失效",
  },
  RECHARGE_CODE_NOT_FOUND: {
    status: 404,
    en: "No such recharge code",
    "zh-CN": "充值码不存在",
  },
  RECHARGE_CODE_USED: {
    status: 409,
    en: "This recharge code is used up, or you used it already",
    "zh-CN": "充值码已用完或您已使用过",
  },
} as const satisfies ErrorDefinitions;

type Codes = typeof billingErrors;
declare module "../core/errors.ts" {
  interface ErrorTable extends Codes {}
}
