import type { Texts } from "../core/locale/locale.ts";

export const catalogueTexts = {
  "appware.deleted": {
    en: "AppWare deleted successfully",
    "zh-CN": "应用仓库删除成功",
  },
} as const satisfies Texts;

type Keys = typeof catalogueTexts;
declare module "../core/locale/locale.ts" {
  interface TextTable extends Keys {}
}
