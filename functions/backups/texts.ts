import type { Texts } from "../core/locale/locale.ts";

export const backupTexts = {
  "backup.uploaded": {
    en: "Backup uploaded",
    "zh-CN": "备份文件上传成功",
  },
  "backup.listed": {
    en: "Backups listed",
    "zh-CN": "备份列表获取成功",
  },
  "backup.deleted": {
    en: "Backup deleted",
    "zh-CN": "备份文件删除成功",
  },
  "backup.tooManyKeys": {
    en: "Too many keys without backups were tried from here; try again in {seconds} seconds",
    "zh-CN": "此地址尝试的无效用户密钥过多，请在 {seconds} 秒后重试",
  },
} as const satisfies Texts;

type Keys = typeof backupTexts;
declare module "../core/locale/locale.ts" {
  interface TextTable extends Keys {}
}
