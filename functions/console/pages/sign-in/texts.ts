import { defineTexts } from "../../locale/i18n.ts";

export const t = defineTexts("signIn", {
  title: { en: "Sign in to Slipway", "zh-CN": "登录 Slipway" },
  name: { en: "User name or e-mail", "zh-CN": "用户名或邮箱" },
  password: { en: "Password", "zh-CN": "密码" },
  submit: { en: "Sign in", "zh-CN": "登录" },
  first: {
    en: "The first administrator's password is printed when the server starts for the first time.",
    "zh-CN": "服务器首次启动时会打印首位管理员的密码。",
  },
  documentation: { en: "API reference", "zh-CN": "API 文档" },
  health: { en: "Health", "zh-CN": "运行状况" },
});
