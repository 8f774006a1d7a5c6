import { defineTexts } from "../locale/i18n.ts";

export const t = defineTexts("api", {
  noAnswer: {
    en: "The server does not answer: see that you are online, then try again",
    "zh-CN": "服务器无响应：请检查网络连接后重试",
  },
  status: {
    en: "The server refused with status {status} and said no more: try again",
    "zh-CN": "服务器返回状态 {status}，未说明原因：请重试",
  },
  own: {
    en: "The console made a mistake: reload the page ({problem})",
    "zh-CN": "控制台出现错误：请刷新页面（{problem}）",
  },
});
