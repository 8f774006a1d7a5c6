import type { ErrorDefinitions } from "../core/errors.ts";

export const rolloutErrors = {
  ROLLOUT_NOT_FOUND: {
    status: 404,
    en: "There is no such rollout: list the rollouts to see which there are",
    "zh-CN": "灰度发布不存在，请查看灰度发布列表",
  },
  ROLLOUT_EXISTS: {
    status: 409,
    en: "This version has a rollout on this channel already: change that one, or publish a new version",
    "zh-CN": "该版本在此渠道上已有灰度发布：请更改现有的灰度发布，或发布新版本",
  },
  ROLLOUT_DIFFERS: {
    status: 409,
    en: "This version is being rolled out with other steps or another policy: leave `rollout` away, or repeat what it began with",
    "zh-CN": "该版本正以其他步骤或策略灰度发布：请省略 `rollout`，或填写与开始时相同的内容",
  },
  ROLLOUT_LATE: {
    status: 409,
    en: "This version is out for everybody already: leave `rollout` away. To take it back from most devices, begin a rollout with POST /api/v1/rollouts",
    "zh-CN": "该版本已向所有设备发布：请省略 `rollout`。如需收回，请通过 POST /api/v1/rollouts 开始灰度发布",
  },
  ROLLOUT_NOTHING_OFFERED: {
    status: 409,
    en: "Nothing of this version is offered on this channel: publish it, or offer it again, before you roll it out",
    "zh-CN": "该版本在此渠道上没有可提供的内容：请先发布或恢复，再开始灰度发布",
  },
  DEVICE_ID_TOO_LONG: {
    status: 422,
    en: "A device's id has at most {limit} characters: send a shorter one, such as a UUID",
    "zh-CN": "设备标识最多 {limit} 个字符：请使用较短的标识，例如 UUID",
  },
  ROLLOUT_STATE: {
    status: 409,
    en: "This rollout is in another state: look at it, then decide",
    "zh-CN": "灰度发布处于其他状态：请先查看再操作",
  },
  ROLLOUT_STEP: {
    status: 422,
    en: "There is no step {step} ahead: this rollout is at step {at}, and its last one is {last}",
    "zh-CN": "没有可前往的步骤 {step}：当前为步骤 {at}，最后一步为 {last}",
  },
  MESSAGE_TOO_LONG: {
    status: 422,
    en: "{field} has more than {limit} characters: send its beginning, and keep the rest in a log",
    "zh-CN": "{field} 超过 {limit} 个字符：请只发送开头部分，其余保留在日志中",
  },
  STATISTICS_RANGE: {
    status: 422,
    en: "These are more than {limit} days: ask for fewer at a time",
    "zh-CN": "超过 {limit} 天：请缩短查询范围",
  },
} as const satisfies ErrorDefinitions;

type Codes = typeof rolloutErrors;
declare module "../core/errors.ts" {
  interface ErrorTable extends Codes {}
}
