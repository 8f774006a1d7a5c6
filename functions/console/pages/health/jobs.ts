import { defineTexts } from "../../locale/i18n.ts";

const names = {
  "archive-logs": { en: "Moves old log days to the bucket", "zh-CN": "将旧日志移至存储桶" },
  "check-ledger": { en: "Works all balances out anew", "zh-CN": "重新核对全部余额" },
  cleanup: { en: "Deletes old packages by the rules of cleanup", "zh-CN": "按清理规则删除旧软件包" },
  "collect-garbage": { en: "Deletes bytes that nothing refers to", "zh-CN": "删除无引用的数据" },
  "expire-attempts": { en: "Forgets old attempts at signing in", "zh-CN": "清除过期的登录尝试" },
  "expire-deliveries": { en: "Deletes old deliveries of webhooks", "zh-CN": "删除过期的 Webhook 投递记录" },
  "expire-inputs": { en: "Deletes old inputs of tasks", "zh-CN": "删除过期的任务输入文件" },
  "expire-origins": {
    en: "Forgets addresses and devices of old sign-ins",
    "zh-CN": "清除过期的登录地址和设备",
  },
  "expire-sessions": { en: "Ends old sessions", "zh-CN": "结束过期会话" },
  "expire-uploads": { en: "Gives up uploads that nobody finishes", "zh-CN": "放弃无人完成的上传" },
  "further-digests": { en: "Works out hashes that updaters ask for", "zh-CN": "计算更新器所需的其他哈希" },
  "name-looks": { en: "Compares user names that look alike", "zh-CN": "比对外观相近的用户名" },
  "prune-statistics": { en: "Deletes old statistics", "zh-CN": "删除过期统计" },
  "reconcile-objects": { en: "Compares database and bucket", "zh-CN": "比对数据库与存储桶" },
  "reconcile-totals": { en: "Counts what is stored anew", "zh-CN": "重新统计存储用量" },
  "steer-rollouts": {
    en: "Moves rollouts on, and stops those that fail",
    "zh-CN": "推进灰度发布，并停止失败的发布",
  },
  "sweep-orphaned-staging": {
    en: "Deletes unfinished bytes of no upload",
    "zh-CN": "删除不属于任何上传的未完成数据",
  },
  "sweep-outputs": { en: "Deletes outputs of tasks that are gone", "zh-CN": "删除已不存在任务的输出文件" },
  "sweep-staging": { en: "Deletes bytes of uploads that have ended", "zh-CN": "删除已结束上传的临时数据" },
} as const;

const t = defineTexts("jobs", names);

/** What a job of the server does; nothing is said of one that is not known here. */
export const sayJob = (name: string): string => (name in names ? t(name as keyof typeof names) : "");
