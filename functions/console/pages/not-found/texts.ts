import { defineTexts } from "../../locale/i18n.ts";

export const t = defineTexts("notFound", {
  title: { en: "There is no such page", "zh-CN": "页面不存在" },
  text: {
    en: "The address is mistyped, or what it led to is gone. Press Ctrl-K to find what you are looking for.",
    "zh-CN": "地址有误，或其内容已不存在。按 Ctrl-K 可查找所需内容。",
  },
  back: { en: "To the overview", "zh-CN": "返回概览" },
});
