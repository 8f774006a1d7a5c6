import { defineTexts } from "../../locale/i18n.ts";

export const t = defineTexts("settings", {
  title: { en: "Settings", "zh-CN": "设置" },
  text: {
    en: "What you may change while the server runs. All of it acts on a change within seconds.",
    "zh-CN": "可在服务器运行时修改的设置，修改后数秒内全部生效。",
  },
  changeable: { en: "Changed here", "zh-CN": "可修改的设置" },
  tasks: { en: "Open tasks for each user", "zh-CN": "每个用户的未结束任务数" },
  tasksHelp: {
    en: "How many tasks of one user may wait or run at the same time, 1 to 10,000.",
    "zh-CN": "单个用户同时等待或运行的任务上限，1 至 10,000。",
  },
  timeout: { en: "Longest run of a task (seconds)", "zh-CN": "任务最长运行时间（秒）" },
  timeoutHelp: {
    en: "How long a task may run where it names no limit of its own, up to 30 days. Now {length}.",
    "zh-CN": "任务未自行设定时限时可运行的时间，最长 30 天。目前为 {length}。",
  },
  maintenance: { en: "Maintenance", "zh-CN": "维护模式" },
  maintenanceHelp: {
    en: "While it is on, users can sign in and read, but change nothing. Administrators are not held back.",
    "zh-CN": "开启后，用户可以登录和查看，但不能做任何更改；管理员不受限制。",
  },
  maintenanceSure: { en: "Begin maintenance?", "zh-CN": "开启维护模式？" },
  maintenanceText: {
    en: "Users can no longer start tasks, redeem codes, or change anything else, until you end it.",
    "zh-CN": "在您关闭维护模式之前，用户将无法启动任务、兑换充值码或进行任何其他更改。",
  },
  begin: { en: "Begin maintenance", "zh-CN": "开启维护" },
  save: { en: "Save", "zh-CN": "保存" },
  saved: { en: "The settings are saved", "zh-CN": "设置已保存" },
  fixed: { en: "Set where the server is started", "zh-CN": "由部署环境设定" },
  fixedText: {
    en: "These are variables of the deployment; a change takes a restart.",
    "zh-CN": "以下为部署变量，修改后需重新启动。",
  },
  price: { en: "Price of a minute of task time", "zh-CN": "每分钟任务价格" },
  lease: {
    en: "After this long without word, a GPU server loses its task",
    "zh-CN": "GPU 服务器超过此时间未响应，任务将被收回",
  },
  poll: { en: "GPU servers ask for tasks this often", "zh-CN": "GPU 服务器询问任务的间隔" },
  quota: { en: "All that may be stored", "zh-CN": "存储配额" },
  largest: { en: "Largest package", "zh-CN": "软件包大小上限" },
  keepFull: {
    en: "Full packages that cleanup keeps for each platform and architecture",
    "zh-CN": "清理时为每个平台和架构保留的完整包数",
  },
  keepPatch: { en: "Patches that cleanup keeps", "zh-CN": "清理时保留的增量包数" },
  keepHotfix: { en: "Hotfixes that cleanup keeps", "zh-CN": "清理时保留的热修复包数" },
  privateWebhooks: {
    en: "Webhooks may go to addresses that are not public, or without https",
    "zh-CN": "Webhook 可使用非公开地址或不使用 https 的地址",
  },
  yes: { en: "Yes", "zh-CN": "是" },
  no: { en: "No", "zh-CN": "否" },
  retention: { en: "Logs stay in the database this long", "zh-CN": "日志在数据库中的保留时间" },
});
