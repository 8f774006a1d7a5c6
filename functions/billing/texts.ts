import type { Texts } from "../core/locale/locale.ts";

export const billingTexts = {
  "recharge.created": {
    en: "The recharge codes are made: keep them, they are not shown again",
    "zh-CN": "充值码生成成功，请妥善保存，仅显示一次",
  },
  "recharge.listed": {
    en: "Recharge codes",
    "zh-CN": "充值码列表获取成功",
  },
  "recharge.disabled": {
    en: "The recharge code is disabled",
    "zh-CN": "充值码已禁用",
  },
  "recharge.redeemed": {
    en: "Recharged",
    "zh-CN": "充值成功",
  },
  "recharge.records": {
    en: "Payments and charges",
    "zh-CN": "充值记录获取成功",
  },
  "recharge.tooMany": {
    en: "Too many wrong recharge codes: try again in {seconds} seconds",
    "zh-CN": "充值码错误次数过多，请在 {seconds} 秒后重试",
  },
  "user.statistics": {
    en: "Your tasks and what they cost",
    "zh-CN": "用户统计信息获取成功",
  },
  "ledger.right": {
    en: "The ledger adds up",
    "zh-CN": "账目核对无误",
  },
  "ledger.wrong": {
    en: "The ledger does not add up: see which rules are broken under problems",
    "zh-CN": "账目核对不一致，详情见 problems",
  },
} as const satisfies Texts;

type Keys = typeof billingTexts;
declare module "../core/locale/locale.ts" {
  interface TextTable extends Keys {}
}
