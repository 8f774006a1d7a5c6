import type { Texts } from "../core/locale/locale.ts";

export const releaseTexts = {
  "software.slug": {
    en: "use 1 to 64 letters, digits, - or _, beginning with a letter or digit",
    "zh-CN": "请使用 1 到 64 个字母、数字、- 或 _，以字母或数字开头",
  },
} as const satisfies Texts;

type Keys = typeof releaseTexts;
declare module "../core/locale/locale.ts" {
  interface TextTable extends Keys {}
}
