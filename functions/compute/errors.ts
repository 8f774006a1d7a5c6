import type { ErrorDefinitions } from "../core/errors.ts";

export const computeErrors = {
  INVALID_AGENT_TOKEN: {
    status: 401,
    en: "This agent token is not valid: give the agent the current token of its GPU server",
    "zh-CN": "无效的代理令牌，请为代理配置其GPU服务器当前的令牌",
  },
  TASK_NOT_FOUND: {
    status: 404,
    en: "There is no such task: check the id",
    "zh-CN": "任务不存在，请检查编号",
  },
  TASK_OUTPUT_NOT_FOUND: {
    status: 404,
    en: "This task has no such output: ask for the task to see its outputs",
    "zh-CN": "任务没有此输出，请查看任务详情中的输出列表",
  },
  GPU_SERVER_NOT_FOUND: {
    status: 404,
    en: "There is no such GPU server: check the id",
    "zh-CN": "GPU服务器不存在，请检查编号",
  },
  GPU_SERVER_EXISTS: {
    status: 409,
    en: "Another GPU server has this name: choose a different one",
    "zh-CN": "同名GPU服务器已存在，请换一个名称",
  },
  TASK_STATE_CONFLICT: {
    status: 409,
    en: "This cannot be done with a task that is {state}: ask for the task, then decide",
    "zh-CN": "任务状态为 {state}，无法执行此操作，请先查看任务详情",
  },
  TASK_OUTPUT_EXISTS: {
    status: 409,
    en: "This attempt already has an output of this name: give the file another name",
    "zh-CN": "该次运行已有同名输出，请换一个文件名",
  },
  STALE_ATTEMPT: {
    status: 409,
    en: "This attempt no longer belongs to the task: stop it, and report nothing more of it",
    "zh-CN": "该次运行已失效，请停止运行，不再上报",
  },
  TASK_LIMIT_EXCEEDED: {
    status: 429,
    en: "You have {limit} open tasks, which is as many as are allowed: wait until one ends, or cancel one",
    "zh-CN": "任务数量超限：最多同时 {limit} 个，请等待任务结束或取消任务",
  },
  INPUT_QUOTA_EXCEEDED: {
    status: 507,
    isRefusal: true,
    en: "This file does not fit into the {limit} bytes that your task inputs may have: send a smaller one, or wait until inputs that no task uses expire",
    "zh-CN": "任务输入文件空间不足：最多 {limit} 字节，请缩小文件，或等待未使用的输入文件过期",
  },
} as const satisfies ErrorDefinitions;

type Codes = typeof computeErrors;
declare module "../core/errors.ts" {
  interface ErrorTable extends Codes {}
}
