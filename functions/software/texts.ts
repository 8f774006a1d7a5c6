import type { Texts } from "../core/locale/locale.ts";

export const softwareTexts = {
  "release.updated": {
    en: "Updated",
    "zh-CN": "更新成功",
  },
  "release.deleted": {
    en: "Deleted",
    "zh-CN": "删除成功",
  },
  "software.printable": {
    en: "leave out control characters and marks that turn the direction of writing",
    "zh-CN": "请去掉控制字符和改变书写方向的标记",
  },
  "keys.legal": {
    en: "AKey and VKey are valid",
    "zh-CN": "AKey和VKey合法",
  },
  "keys.unknownAkey": {
    en: "No such AKey",
    "zh-CN": "AKey不存在",
  },
  "keys.unknownVkey": {
    en: "No such VKey",
    "zh-CN": "VKey不存在",
  },
  "keys.upToDate": {
    en: "This is the latest version",
    "zh-CN": "当前已是最新版本",
  },
} as const satisfies Texts;

type Keys = typeof softwareTexts;
declare module "../core/locale/locale.ts" {
  interface TextTable extends Keys {}
}
