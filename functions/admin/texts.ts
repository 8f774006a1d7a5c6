import type { Texts } from "../core/locale/locale.ts";

export const adminTexts = {
  "admin.stats": {
    en: "Figures of the service",
    "zh-CN": "系统统计信息获取成功",
  },
  "admin.users": {
    en: "Users",
    "zh-CN": "用户列表获取成功",
  },
  "admin.user": {
    en: "The user",
    "zh-CN": "用户信息获取成功",
  },
  "admin.userCreated": {
    en: "The account is made",
    "zh-CN": "账户创建成功",
  },
  "admin.userUpdated": {
    en: "The user is updated",
    "zh-CN": "用户信息更新成功",
  },
  "admin.config": {
    en: "The configuration",
    "zh-CN": "系统配置获取成功",
  },
  "admin.jobs": {
    en: "The jobs of cron",
    "zh-CN": "后台作业状态获取成功",
  },
  "admin.configUpdated": {
    en: "The configuration is updated",
    "zh-CN": "系统配置更新成功",
  },
} as const satisfies Texts;

type Keys = typeof adminTexts;
declare module "../core/locale/locale.ts" {
  interface TextTable extends Keys {}
}
