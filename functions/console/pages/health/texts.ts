import { defineTexts } from "../../locale/i18n.ts";

export const t = defineTexts("health", {
  title: { en: "Health", "zh-CN": "运行状况" },
  text: {
    en: "Whether everything that the server needs works, and whether its jobs run.",
    "zh-CN": "服务器所依赖的各项是否正常，后台作业是否按时运行。",
  },
  checks: { en: "Checks", "zh-CN": "检查项" },
  good: { en: "Good", "zh-CN": "正常" },
  unknown: { en: "Not known", "zh-CN": "未知" },
  warning: { en: "Soon a problem", "zh-CN": "需注意" },
  error: { en: "Broken", "zh-CN": "故障" },
  version: { en: "Slipway {version}", "zh-CN": "Slipway {version}" },
  "check.database": { en: "Database", "zh-CN": "数据库" },
  "check.bucket": { en: "Bucket", "zh-CN": "存储桶" },
  "check.durability": { en: "Commits reach the disk", "zh-CN": "提交落盘" },
  "check.cron": { en: "Cron", "zh-CN": "定时任务" },
  "check.jobs": { en: "Jobs", "zh-CN": "后台作业" },
  "check.quota": { en: "Quota", "zh-CN": "配额" },
  "check.clock": { en: "Clocks", "zh-CN": "时钟" },
  jobs: { en: "Jobs", "zh-CN": "后台作业" },
  cronSeen: { en: "Cron was last seen {when}.", "zh-CN": "定时任务最近运行于{when}。" },
  cronNever: {
    en: "Cron has never run: see that the clock of the deployment is set up. Uploads wait until it does.",
    "zh-CN": "定时任务从未运行：请检查部署的定时触发器。在其运行之前，上传将一直等待。",
  },
  cronLate: {
    en: "Cron is late: jobs wait until it runs again.",
    "zh-CN": "定时任务已延迟：后台作业将等待其恢复运行。",
  },
  job: { en: "Job", "zh-CN": "作业" },
  succeeded: { en: "Last success", "zh-CN": "最近成功" },
  took: { en: "Took", "zh-CN": "耗时" },
  failures: { en: "Failures since then", "zh-CN": "此后失败次数" },
  failedAt: {
    en: "{count} time, last {when} | {count} times, last {when}",
    "zh-CN": "{count} 次，最近于{when}",
  },
  never: { en: "Never", "zh-CN": "从未" },
  running: { en: "Running", "zh-CN": "运行中" },
  milliseconds: { en: "{count} ms", "zh-CN": "{count} 毫秒" },
  noJobs: { en: "No job has run yet", "zh-CN": "尚无作业运行" },
  noJobsText: {
    en: "The first ones begin within a minute of the server's start.",
    "zh-CN": "首批作业将在服务器启动后一分钟内开始运行。",
  },
});
