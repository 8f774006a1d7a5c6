import { defineTexts } from "../../locale/i18n.ts";

export const t = defineTexts("notFound", {
  title: { en: "There is no such page", "zh-CN": "页面不存在" },
  text: {
    en: "The address is mistyped, or what it led to is gone. The search at the top finds pages, software and versions.",
    "zh-CN": "地址有误，或其内容已不存在。可用顶部的搜索查找页面、软件和版本。",
  },
  back: { en: "To the overview", "zh-CN": "返回概览" },
});
