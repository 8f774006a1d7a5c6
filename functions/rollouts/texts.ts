import type { Texts } from "../core/locale/locale.ts";

export const rolloutTexts = {
  "rollout.steps": {
    en: "each step needs a higher percentage than the one before it",
    "zh-CN": "每一步的百分比必须高于前一步",
  },
  "rollout.subject": {
    en: "name either `software`, with a `channel` where it is not the version's own, or `plugin`",
    "zh-CN": "请填写 `software`（通道与版本不同时加上 `channel`）或 `plugin`，二者择一",
  },
} as const satisfies Texts;

type Keys = typeof rolloutTexts;
declare module "../core/locale/locale.ts" {
  interface TextTable extends Keys {}
}
