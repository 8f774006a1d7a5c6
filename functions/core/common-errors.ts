import type { ErrorDefinitions } from "./errors.ts";

/** What any surface may answer. */
export const commonErrors = {
  VALIDATION_ERROR: {
    status: 400,
    en: "Parameter {field} is not valid: {problem}",
    "zh-CN": "参数 {field} 无效：{problem}",
  },
  MISSING_PARAMETER: {
    status: 400,
    en: "Parameter {field} is missing",
    "zh-CN": "缺少参数 {field}",
  },
  MALFORMED_BODY: {
    status: 400,
    en: "The request body cannot be read: {problem}",
    "zh-CN": "无法读取请求内容：{problem}",
  },
  INVALID_FILE_NAME: {
    status: 400,
    en: "The file name is not allowed: it must be a plain name of at most 255 characters",
    "zh-CN": "文件名无效：只能是不超过 255 个字符的普通文件名",
  },
  NOT_FOUND: {
    status: 404,
    en: "No such resource",
    "zh-CN": "资源不存在",
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    en: "This method is not allowed here",
    "zh-CN": "不允许使用该请求方法",
  },
  IDEMPOTENCY_CONFLICT: {
    status: 409,
    en: "This Idempotency-Key was used for another request",
    "zh-CN": "该 Idempotency-Key 已用于其他请求",
  },
  FILE_TOO_LARGE: {
    status: 413,
    en: "The file is larger than the {limit} bytes allowed here",
    "zh-CN": "文件超过允许的 {limit} 字节",
  },
  ALREADY_EXPIRED: {
    status: 422,
    en: "{field} is in the past: give a moment that is still to come, or leave it out",
    "zh-CN": "{field} 已是过去的时间：请给出将来的时间，或省略该字段",
  },
  RATE_LIMIT_EXCEEDED: {
    status: 429,
    en: "Too many requests; try again in {seconds} seconds",
    "zh-CN": "请求过于频繁，请在 {seconds} 秒后重试",
  },
  INTERNAL_ERROR: {
    status: 500,
    en: "Internal error",
    "zh-CN": "服务器内部错误",
  },
  STORAGE_MISCONFIGURED: {
    status: 500,
    en: "The server's storage is not set up as it should be; whoever runs the server has to look into its log",
    "zh-CN": "服务器的存储配置有误，请服务器管理员查看日志",
  },
  SERVICE_UNAVAILABLE: {
    status: 503,
    en: "The service cannot answer at the moment; try again soon",
    "zh-CN": "服务暂时不可用，请稍后重试",
  },
  SERVER_UNAVAILABLE: {
    status: 503,
    isRefusal: true,
    en: "The service is in maintenance; try again later",
    "zh-CN": "系统维护中，请稍后重试",
  },
} as const satisfies ErrorDefinitions;

type Codes = typeof commonErrors;
declare module "./errors.ts" {
  interface ErrorTable extends Codes {}
}
