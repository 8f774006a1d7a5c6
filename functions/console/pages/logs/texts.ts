import { defineTexts } from "../../locale/i18n.ts";

export const t = defineTexts("logs", {
  title: { en: "System log", "zh-CN": "系统日志" },
  text: {
    en: "What the server wrote, the newest first. It reaches 10,000 entries back: choose earlier days to see more.",
    "zh-CN": "服务器写入的日志，最新的在前。最多显示 10,000 条：如需更早的日志，请选择更早的日期。",
  },
  follow: { en: "Follow live", "zh-CN": "实时跟踪" },
  following: {
    en: "New entries appear at the top while you look at this page.",
    "zh-CN": "查看此页面时，新日志会显示在顶部。",
  },
  level: { en: "Level", "zh-CN": "级别" },
  "level.all": { en: "Every level", "zh-CN": "所有级别" },
  search: { en: "Text or request id", "zh-CN": "文本或请求编号" },
  from: { en: "From", "zh-CN": "开始日期" },
  to: { en: "To", "zh-CN": "结束日期" },
  time: { en: "Time ({zone})", "zh-CN": "时间（{zone}）" },
  message: { en: "What happened", "zh-CN": "事件" },
  details: { en: "Details", "zh-CN": "详情" },
  detailsOf: { en: "Details of {what}", "zh-CN": "{what} 的详情" },
  request: { en: "Request id: {id}", "zh-CN": "请求编号：{id}" },
  none: { en: "No entry fits these filters", "zh-CN": "没有符合条件的日志" },
  noneText: {
    en: "Show every level and day, or follow the log and wait for what comes.",
    "zh-CN": "请显示所有级别和日期，或实时跟踪日志等待新条目。",
  },
  showAll: { en: "Show everything", "zh-CN": "显示全部" },
  days: { en: "Download a day", "zh-CN": "按天下载" },
  daysText: {
    en: "A file with one JSON object a line. Days that have left the database are kept in the bucket and listed here; name any other day yourself.",
    "zh-CN": "文件每行为一个 JSON 对象。已移出数据库的日期保存在存储桶中并列于此处；其他日期请自行选择。",
  },
  log: { en: "Log", "zh-CN": "日志" },
  "log.system": { en: "System log", "zh-CN": "系统日志" },
  "log.user-actions": { en: "Audit", "zh-CN": "审计记录" },
  "log.tasks": { en: "Task logs", "zh-CN": "任务日志" },
  day: { en: "Day (UTC)", "zh-CN": "日期（UTC）" },
  download: { en: "Download", "zh-CN": "下载" },
  downloadOf: { en: "Download {day}, {size}", "zh-CN": "下载 {day}，{size}" },
  noDays: {
    en: "No day has been archived yet. All of them are still in the database.",
    "zh-CN": "尚无已归档的日期，所有日志仍在数据库中。",
  },
  more: { en: "Later days", "zh-CN": "更晚的日期" },
});
