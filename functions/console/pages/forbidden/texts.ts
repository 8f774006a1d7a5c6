import { defineTexts } from "../../locale/i18n.ts";

export const t = defineTexts("forbidden", {
  title: { en: "This page is for administrators", "zh-CN": "此页面仅限管理员" },
  text: {
    en: "Ask an administrator to do it, or sign in with an account that may.",
    "zh-CN": "请联系管理员处理，或使用有权限的账户登录。",
  },
  back: { en: "To the overview", "zh-CN": "返回概览" },
});
