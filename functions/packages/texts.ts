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
} as const satisfies Texts;

type Keys = typeof packageTexts;
declare module "../core/locale/locale.ts" {
  interface TextTable extends Keys {}
}
