import { defineTexts } from "../../locale/i18n.ts";

export const t = defineTexts("audit", {
  title: { en: "Audit", "zh-CN": "审计记录" },
  text: {
    en: "What was changed, by whom and when, the newest first. It reaches 10,000 changes back: choose earlier days to see more.",
    "zh-CN": "何人于何时更改了什么，最新的在前。最多显示 10,000 条：如需更早的记录，请选择更早的日期。",
  },
  action: { en: "Action", "zh-CN": "操作" },
  anyAction: { en: "Every action", "zh-CN": "所有操作" },
  from: { en: "From", "zh-CN": "开始日期" },
  to: { en: "To", "zh-CN": "结束日期" },
  who: { en: "Who", "zh-CN": "操作者" },
  target: { en: "About", "zh-CN": "对象" },
  details: { en: "Details", "zh-CN": "详情" },
  detailsOf: { en: "Details of {what}", "zh-CN": "{what} 的详情" },
  service: { en: "the service itself", "zh-CN": "服务自身" },
  agent: { en: "GPU server {id}", "zh-CN": "GPU 服务器 {id}" },
  key: { en: "API key {id}", "zh-CN": "API 密钥 {id}" },
  backupKey: { en: "a user key of backups", "zh-CN": "备份的用户密钥" },
  nobody: { en: "nobody signed in", "zh-CN": "未登录者" },
  none: { en: "No change fits these filters", "zh-CN": "没有符合条件的记录" },
  noneText: {
    en: "Choose another action, user or period, or show everything.",
    "zh-CN": "请更换操作、用户或日期，或显示全部记录。",
  },
});
