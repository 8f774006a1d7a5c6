import type { ErrorDefinitions } from "../core/errors.ts";

export const billingErrors = {
  INSUFFICIENT_BALANCE: {
    status: 400,
    en: "Your balance does not cover the {amount} that this task sets aside: redeem a recharge code, or lower estimated_duration",
    "zh-CN": "余额不足：该任务需冻结 {amount}，请先充值或缩短预计时长",
  },
  INVALID_RECHARGE_CODE: {
    status: 400,
    en: "This recharge code does not exist or can no longer be used: check it, or ask for a new one",
    "zh-CN": "充值码无效或已失效，请核对或索取新的充值码",
  },
  RECHARGE_CODE_NOT_FOUND: {
    status: 404,
    en: "There is no such recharge code: check the id",
    "zh-CN": "充值码不存在，请检查编号",
  },
  RECHARGE_CODE_USED: {
    status: 409,
    en: "This recharge code is used up, or you have used it before: take another one",
    "zh-CN": "充值码已用完或您已使用过，请换一个",
  },
} as const satisfies ErrorDefinitions;

type Codes = typeof billingErrors;
declare module "../core/errors.ts" {
  interface ErrorTable extends Codes {}
}
