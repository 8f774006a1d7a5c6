import { defineTexts } from "../../locale/i18n.ts";

export const t = defineTexts("overview", {
  title: { en: "Overview", "zh-CN": "概览" },
  attention: { en: "Needs attention", "zh-CN": "需要处理" },
  allWell: { en: "Everything works", "zh-CN": "一切正常" },
  allWellText: {
    en: "Database, bucket, cron, jobs, quota and clocks are as they should be.",
    "zh-CN": "数据库、存储桶、定时任务、后台作业、配额和时钟均正常。",
  },
  checked: { en: "Checked {when}", "zh-CN": "检查于{when}" },
  ledger: { en: "Ledger", "zh-CN": "账本" },
  ledgerSound: { en: "All money adds up", "zh-CN": "账目平衡" },
  ledgerSoundText: {
    en: "Computed anew: entries {entries}, balances {balances}.",
    "zh-CN": "已重新核算：记录 {entries} 条，余额 {balances} 个。",
  },
  ledgerBroken: {
    en: "One sum on the ledger is not what it should be: {subject} | {count} sums on the ledger are not what they should be, the first of them {subject}",
    "zh-CN": "账本中有 1 项金额不符：{subject} | 账本中有 {count} 项金额不符，首项为 {subject}",
  },
  serversOffline: {
    en: "One GPU server is offline: see that its agent runs | {count} GPU servers are offline: see that their agents run",
    "zh-CN": "1 台 GPU 服务器离线：请确认其代理正在运行 | {count} 台 GPU 服务器离线：请确认其代理正在运行",
  },
  storage: { en: "Storage", "zh-CN": "存储" },
  used: { en: "{used} of {total}", "zh-CN": "已用 {used}，共 {total}" },
  thresholds: {
    en: "Warning from {warning} %, cleanup from {cleanup} %, uploads end at {critical} %",
    "zh-CN": "{warning} % 起警告，{cleanup} % 起自动清理，{critical} % 起停止上传",
  },
  full: { en: "Full packages", "zh-CN": "完整包" },
  patch: { en: "Patches", "zh-CN": "增量包" },
  hotfix: { en: "Hotfixes", "zh-CN": "热修复包" },
  reserved: { en: "Reserved by uploads", "zh-CN": "上传占用" },
  cluster: { en: "GPU servers", "zh-CN": "GPU 服务器" },
  online: { en: "Online", "zh-CN": "在线" },
  offline: { en: "Offline", "zh-CN": "离线" },
  busy: { en: "Busy GPUs", "zh-CN": "使用中的 GPU" },
  queue: { en: "Tasks waiting", "zh-CN": "等待中的任务" },
  running: { en: "Tasks running", "zh-CN": "运行中的任务" },
  noServers: {
    en: "No GPU server is registered. Tasks wait until one is.",
    "zh-CN": "尚未登记 GPU 服务器，任务将一直等待。",
  },
  service: { en: "Service", "zh-CN": "服务" },
  users: { en: "Users", "zh-CN": "用户" },
  completed: { en: "Tasks completed", "zh-CN": "已完成任务" },
  failed: { en: "Tasks failed", "zh-CN": "失败任务" },
  revenue: { en: "Charged for tasks", "zh-CN": "任务收费" },
  recharged: { en: "Recharged", "zh-CN": "充值" },
  tasks: { en: "Your newest tasks", "zh-CN": "最近的任务" },
  noTasks: { en: "You have no tasks yet.", "zh-CN": "您还没有任务。" },
  welcome: { en: "Welcome to Slipway", "zh-CN": "欢迎使用 Slipway" },
  welcomeText: {
    en: "Nothing is published here yet. Three steps, and the server does what it is for.",
    "zh-CN": "此服务器尚未发布任何内容。完成以下三步即可开始使用。",
  },
  publish: { en: "Publish something", "zh-CN": "发布软件" },
  publishText: {
    en: "With an API key, from any machine with Node 20. The server's first start printed a key; a key of its own for each program is better.",
    "zh-CN":
      "在装有 Node 20 的机器上使用 API 密钥发布。服务器首次启动时会打印一个密钥；建议为每个程序单独创建。",
  },
  makeKey: { en: "Make an API key", "zh-CN": "创建 API 密钥" },
  publishCommand: { en: "Command that publishes", "zh-CN": "发布命令" },
  point: { en: "Point a client at it", "zh-CN": "让客户端检查更新" },
  pointText: {
    en: "A client asks this one question, and downloads what the answer names.",
    "zh-CN": "客户端只需询问是否有新版本，并下载答复中给出的文件。",
  },
  pointCommand: { en: "Request that checks for an update", "zh-CN": "检查更新的请求" },
  invite: { en: "Invite somebody", "zh-CN": "邀请他人" },
  inviteText: {
    en: "You make the account and pass on its first password. Administrators see and change everything; users only what is theirs.",
    "zh-CN": "由您创建账户并转交初始密码。管理员可查看和修改所有内容，普通用户只能管理自己的内容。",
  },
});
