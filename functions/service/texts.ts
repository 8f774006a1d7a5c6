import type { Texts } from "../core/locale/locale.ts";

export const serviceTexts = {
  service: {
    en: "Slipway: software distribution from the edge",
    "zh-CN": "Slipway：边缘软件分发服务",
  },
  healthy: {
    en: "The server is running",
    "zh-CN": "服务器运行正常",
  },
  "health.database.unreachable": {
    en: "The database does not answer: see that it runs, and that the server reaches it",
    "zh-CN": "数据库无响应：请确认其正在运行且服务器可以访问",
  },
  "health.database.refused": {
    en: "The database refuses the server: correct LIBSQL_URL and LIBSQL_AUTH_TOKEN",
    "zh-CN": "数据库拒绝了服务器：请更正 LIBSQL_URL 与 LIBSQL_AUTH_TOKEN",
  },
  "health.database.unmigrated": {
    en: "The database lacks tables of this version: run the migrations (npm run migrate)",
    "zh-CN": "数据库缺少此版本的表：请运行迁移（npm run migrate）",
  },
  "health.bucket.unreachable": {
    en: "The bucket does not answer: see that its store runs, and that the server reaches it",
    "zh-CN": "存储桶无响应：请确认存储服务正在运行且服务器可以访问",
  },
  "health.bucket.refused": {
    en: "The bucket refuses the server's key: correct the key, or what it may do",
    "zh-CN": "存储桶拒绝了服务器的密钥：请更正密钥或其权限",
  },
  "health.bucket.missing": {
    en: "The bucket does not exist: create it, or correct the server's S3 settings",
    "zh-CN": "存储桶不存在：请创建存储桶，或更正服务器的 S3 设置",
  },
  "health.durability.relaxed": {
    en: "The database does not write each commit to disk: a power cut may lose some. Set its durability_mode to strong",
    "zh-CN": "数据库并非每次提交都写入磁盘：断电可能丢失数据。请将其 durability_mode 设为 strong",
  },
  "health.cron.late": {
    en: "Cron is late: see that it fires. Verification, expiry and lost tasks wait for it",
    "zh-CN": "定时任务延迟：请确认其正常触发。校验、过期清理和丢失的任务都在等待",
  },
  "health.jobs.failing": {
    en: "A job fails again and again: the server's log says which and why",
    "zh-CN": "某个后台作业反复失败：原因见服务器日志",
  },
  "health.jobs.stuck": {
    en: "A job has been running for longer than any should: the server's log says what it last did",
    "zh-CN": "某个后台作业运行时间过长：详情见服务器日志",
  },
  "health.quota.high": {
    en: "85 % or more of the storage quota is used: make room, or raise it",
    "zh-CN": "存储配额已用 85 % 或以上：请清理空间或提高配额",
  },
  "health.quota.critical": {
    en: "95 % or more of the storage quota is used: uploads that do not fit are refused. Make room, or raise it",
    "zh-CN": "存储配额已用 95 % 或以上：放不下的上传会被拒绝。请清理空间或提高配额",
  },
  "health.clock.off": {
    en: "The clocks of server, database and bucket differ by more than a minute: set them by NTP",
    "zh-CN": "服务器、数据库与存储桶的时钟相差超过一分钟：请使用 NTP 校时",
  },
  "feature.full": {
    en: "full packages",
    "zh-CN": "完整包",
  },
  "feature.patch": {
    en: "patches",
    "zh-CN": "增量包",
  },
  "feature.storage": {
    en: "storage management",
    "zh-CN": "智能存储管理",
  },
} as const satisfies Texts;

type Keys = typeof serviceTexts;
declare module "../core/locale/locale.ts" {
  interface TextTable extends Keys {}
}
