import type { Texts } from "../core/locale/locale.ts";

export const uploadTexts = {
  "form.tooLarge": {
    en: "By form a file may have {limit} bytes at most; for larger ones use `{command}` or POST /api/v1/uploads",
    "zh-CN": "表单上传的文件最大为 {limit} 字节；更大的文件请使用 `{command}` 或 POST /api/v1/uploads",
  },
} as const satisfies Texts;

type Keys = typeof uploadTexts;
declare module "../core/locale/locale.ts" {
  interface TextTable extends Keys {}
}
