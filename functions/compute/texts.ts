import type { Texts } from "../core/locale/locale.ts";

export const computeTexts = {
  "task.created": {
    en: "Task created",
    "zh-CN": "任务创建成功",
  },
  "task.found": {
    en: "The task",
    "zh-CN": "任务详情获取成功",
  },
  "task.listed": {
    en: "Tasks",
    "zh-CN": "任务列表获取成功",
  },
  "task.cancelled": {
    en: "Task cancelled",
    "zh-CN": "任务已取消",
  },
  "task.restarted": {
    en: "Task started again",
    "zh-CN": "任务已重新运行",
  },
  "task.deleted": {
    en: "Task deleted",
    "zh-CN": "任务删除成功",
  },
  "task.logs": {
    en: "The task's log",
    "zh-CN": "任务日志获取成功",
  },
  "task.configSize": {
    en: "at most 64 KiB of JSON",
    "zh-CN": "JSON 最多 64 KiB",
  },
  "task.configDepth": {
    en: "nested too deeply",
    "zh-CN": "嵌套层级过深",
  },
  "task.unknownInputs": {
    en: "uploads of yours that are inputs, complete and still kept",
    "zh-CN": "只能是您自己已上传完成且仍保留的输入文件",
  },
  "gpu.reported": {
    en: "Taken",
    "zh-CN": "上报成功",
  },
  "gpu.address": {
    en: "must be an https address with a public name, without user, query or fragment",
    "zh-CN": "必须是使用公网域名的 https 地址，不含用户信息、查询参数或片段",
  },
  "gpu.created": {
    en: "GPU server registered; its token is not shown again",
    "zh-CN": "GPU服务器注册成功，令牌仅显示一次",
  },
  "gpu.updated": {
    en: "The GPU server is updated",
    "zh-CN": "GPU服务器更新成功",
  },
  "gpu.deleted": {
    en: "The GPU server is deleted",
    "zh-CN": "GPU服务器删除成功",
  },
  "gpu.tokenRotated": {
    en: "The GPU server has another token; it is not shown again",
    "zh-CN": "GPU服务器令牌已更换，仅显示一次",
  },
  "gpu.listed": {
    en: "GPU servers",
    "zh-CN": "GPU服务器列表获取成功",
  },
  "gpu.found": {
    en: "The GPU server",
    "zh-CN": "GPU服务器详情获取成功",
  },
  "gpu.status": {
    en: "What the GPU server does",
    "zh-CN": "GPU服务器状态获取成功",
  },
  "gpu.readings": {
    en: "The GPU server's last 24 hours",
    "zh-CN": "GPU服务器24小时读数获取成功",
  },
  "gpu.overview": {
    en: "All GPU servers together",
    "zh-CN": "GPU集群概览获取成功",
  },
} as const satisfies Texts;

type Keys = typeof computeTexts;
declare module "../core/locale/locale.ts" {
  interface TextTable extends Keys {}
}
