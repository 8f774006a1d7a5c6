import type { ErrorDefinitions } from "../core/errors.ts";

export const computeErrors = {
  INVALID_AGENT_TOKEN: {
    status: 401,
    en: "Invalid agent token",
    "zh-CN": "无效的代理令牌",
  },
  TASK_NOT_FOUND: {
    status: 404,
    en: "No such task",
    "zh-CN": "任务不存在",
  },
  TASK_OUTPUT_NOT_FOUND: {
    status: 404,
    en: "No such output of this task",
    "zh-CN": "任务输出不存在",
  },
  GPU_SERVER_NOT_FOUND: {
    status: 404,
    en: "No such GPU server",
    "zh-CN": "GPU服务器不存在",
  },
  GPU_SERVER_EXISTS: {
    status: 409,
    en: "There is a GPU server of this name already",
    "zh-CN": "同名GPU服务器已存在",
  },
  TASK_STATE_CONFLICT: {
    status: 409,
    en: "The task is {state}: this is not possible",
    "zh-CN": "任务状态为 {state}，无法执行此操作",
  },
  TASK_OUTPUT_EXISTS: {
    status: 409,
    en: "This attempt has an output of this name already",
    "zh-CN": "该次运行已有同名输出",
  },
  STALE_ATTEMPT: {
    status: 409,
    en: "This attempt is not the task's any more: stop it",
    "zh-CN": "该次运行已失效，请停止",
  },
  TASK_LIMIT_EXCEEDED: {
    status: 429,
    en: "Too many open tasks: {limit} at once are allowed",
    "zh-CN": "任务数量超限：最多同时 {limit} 个",
  },
  INPUT_QUOTA_EXCEEDED: {
    status: 507,
    isRefusal: true,
    en: "Your task inputs have no room for this file: {limit} bytes are all they may have",
    "zh-CN": "任务输入文件空间不足：最多 {limit} 字节",
  },
} as const satisfies ErrorDefinitions;

type Codes = typeof computeErrors;
declare module "../core/errors.ts" {
  interface ErrorTable extends Codes {}
}
