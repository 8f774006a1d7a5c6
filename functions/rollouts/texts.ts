import type { Texts } from "../core/locale/locale.ts";

export const rolloutTexts = {
  "rollout.steps": {
    en: "each step needs a higher percentage than the one before it",
    "zh-CN": "每一步的百分比必须高于前一步",
  },
  "rollout.subject": {
    en: "name either `software`, with a `channel` where it is not the version's own, or `plugin`",
    "zh-CN": "请填写 `software`（渠道与版本不同时加上 `channel`）或 `plugin`，二者择一",
  },
  "rollout.failing": {
    en: "{failures} of {reports} devices failed: {rate} %, and with 95 % confidence at least {least} %, where {allowed} % are allowed",
    "zh-CN":
      "{reports} 台设备中有 {failures} 台失败：{rate}%，95% 置信下限为 {least}%，允许的上限为 {allowed}%",
  },
  "rollout.is.active": {
    en: "This rollout is active: it can be raised, paused, completed or rolled back",
    "zh-CN": "该灰度发布正在进行：可以推进、暂停、完成或回滚",
  },
  "rollout.is.paused": {
    en: "This rollout is paused: it can be resumed, completed or rolled back",
    "zh-CN": "该灰度发布已暂停：可以恢复、完成或回滚",
  },
  "rollout.is.completed": {
    en: "This rollout is completed, and its version out for everybody: it can only be rolled back",
    "zh-CN": "该灰度发布已完成，版本已向所有设备发布：只能回滚",
  },
  "rollout.is.rolled_back": {
    en: "This rollout was rolled back, and stays so: publish a new version in place of this one",
    "zh-CN": "该灰度发布已回滚，无法更改：请发布新版本",
  },
  "signal.subject": {
    en: "name either `software` or `plugin`",
    "zh-CN": "请填写 `software` 或 `plugin`，二者择一",
  },
  "statistics.reversed": {
    en: "These days end before they begin: give `from` a day that is not after `to`",
    "zh-CN": "日期范围无效：`from` 不能晚于 `to`",
  },
  "statistics.tooMuch": {
    en: "These days have more in them than fits into one answer: ask for fewer at a time",
    "zh-CN": "这些日期的数据过多，无法一次返回：请缩短查询范围",
  },
} as const satisfies Texts;

type Keys = typeof rolloutTexts;
declare module "../core/locale/locale.ts" {
  interface TextTable extends Keys {}
}
