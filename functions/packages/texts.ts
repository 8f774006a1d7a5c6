import type { Texts } from "../core/locale/locale.ts";

export const packageTexts = {
  uploaded: {
    en: "Package uploaded",
    "zh-CN": "包上传成功",
  },
  "storage.watch": {
    en: "Watch the storage usage",
    "zh-CN": "监控存储使用情况",
  },
  "storage.cleanup": {
    en: "Delete old packages or raise the quota",
    "zh-CN": "请删除旧的更新包或提高存储配额",
  },
  "storage.critical": {
    en: "Storage is nearly full: clean up now",
    "zh-CN": "存储空间即将耗尽，请立即清理",
  },
  "storage.kept.newest_stable": {
    en: "It leads to the newest stable version of its platform and architecture",
    "zh-CN": "它通向该平台和架构的最新稳定版本",
  },
  "storage.kept.keep_full": {
    en: "It is one of the newest full packages that KEEP_FULL keeps",
    "zh-CN": "属于 KEEP_FULL 保留的最新完整包",
  },
  "storage.kept.keep_patch": {
    en: "It is one of the newest patches that KEEP_PATCH keeps",
    "zh-CN": "属于 KEEP_PATCH 保留的最新增量包",
  },
  "storage.kept.keep_hotfix": {
    en: "It is one of the newest hotfixes that KEEP_HOTFIX keeps",
    "zh-CN": "属于 KEEP_HOTFIX 保留的最新热修复包",
  },
  "storage.kept.gate": {
    en: "Older versions have to take it before newer ones: delete it by its id once none of them is in use",
    "zh-CN": "旧版本升级时必须先经过它：确认不再有旧版本使用后，可按编号删除",
  },
  "storage.kept.chain": {
    en: "It is a step of the cheapest update plan of a version that is kept",
    "zh-CN": "它是某个保留版本的最省流量更新方案中的一步",
  },
  "storage.kept.young": {
    en: "It is younger than a day: clean up again tomorrow, or delete it by its id",
    "zh-CN": "发布不足一天：请明天再清理，或按编号删除",
  },
} as const satisfies Texts;

type Keys = typeof packageTexts;
declare module "../core/locale/locale.ts" {
  interface TextTable extends Keys {}
}
