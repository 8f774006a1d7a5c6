import { defineTexts } from "../../locale/i18n.ts";

export const t = defineTexts("audit", {
  title: { en: "Audit", "zh-CN": "审计记录" },
  text: {
    en: "What was changed, by whom and when, the newest first. It reaches 10,000 changes back: choose earlier days to see more.",
    "zh-CN": "何人于何时更改了什么，最新的在前。最多显示 10,000 条：如需更早的记录，请选择更早的日期。",
  },
  action: { en: "Action", "zh-CN": "操作" },
  actionExample: { en: "such as user.change", "zh-CN": "例如 user.change" },
  user: { en: "Id of a user", "zh-CN": "用户编号" },
  from: { en: "From", "zh-CN": "开始日期" },
  to: { en: "To", "zh-CN": "结束日期" },
  time: { en: "Time", "zh-CN": "时间" },
  who: { en: "Who", "zh-CN": "操作者" },
  target: { en: "What", "zh-CN": "对象" },
  details: { en: "Details", "zh-CN": "详情" },
  detailsOf: { en: "Details of {what}", "zh-CN": "{what} 的详情" },
  service: { en: "the service itself", "zh-CN": "服务自身" },
  key: { en: "API key {id}", "zh-CN": "API 密钥 {id}" },
  nobody: { en: "nobody signed in", "zh-CN": "未登录者" },
  none: { en: "No change fits these filters", "zh-CN": "没有符合条件的记录" },
  noneText: {
    en: "The name of an action has to be whole, and the id of a user too. Show everything and look for it there.",
    "zh-CN": "操作名称和用户编号必须完整。可显示全部记录后查找。",
  },
  showAll: { en: "Show everything", "zh-CN": "显示全部" },
});
