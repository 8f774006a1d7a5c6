import type { ErrorDefinitions } from "./errors.ts";

/** What any surface may answer. */
export const commonErrors = {
  VALIDATION_ERROR: {
    status: 400,
    en: "{field}: {problem}",
    "zh-CN": "参数 {field}：{problem}",
  },
  MISSING_PARAMETER: {
    status: 400,
    en: "{field} is missing: send it with the request",
    "zh-CN": "缺少参数 {field}，请补上后重新发送",
  },
  MALFORMED_BODY: {
    status: 400,
    en: "The request body cannot be read: {problem}",
    "zh-CN": "无法读取请求内容：{problem}",
  },
  INVALID_FILE_NAME: {
    status: 400,
    en: "This file name cannot be used: choose one of at most 255 bytes, without slashes, backslashes and control characters",
    "zh-CN": "文件名不可用：请改用不超过 255 字节、不含斜杠、反斜杠和控制字符的名称",
  },
  NOT_FOUND: {
    status: 404,
    en: "There is nothing at this address: check its path, and the id in it",
    "zh-CN": "资源不存在，请检查请求地址及其中的编号",
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    en: "This address does not take this method: use one that the Allow header names",
    "zh-CN": "该地址不支持此请求方法，请使用 Allow 响应头列出的方法",
  },
  IDEMPOTENCY_CONFLICT: {
    status: 409,
    en: "This Idempotency-Key came with another request before: use a new key for this one",
    "zh-CN": "该 Idempotency-Key 已用于其他请求，请为此请求换一个新的键",
  },
  FILE_TOO_LARGE: {
    status: 413,
    en: "This is larger than the {limit} bytes that are taken here: send something smaller",
    "zh-CN": "超过此处允许的 {limit} 字节，请缩小后重新发送",
  },
  ALREADY_EXPIRED: {
    status: 422,
    en: "{field} is in the past: give a moment that is still to come, or leave it out",
    "zh-CN": "{field} 已是过去的时间：请给出将来的时间，或省略该字段",
  },
  RATE_LIMIT_EXCEEDED: {
    status: 429,
    en: "Too many requests: try again in {seconds} seconds",
    "zh-CN": "请求过于频繁，请在 {seconds} 秒后重试",
  },
  INTERNAL_ERROR: {
    status: 500,
    en: "The server made a mistake: try again, and if it stays so, tell the server's operator the X-Request-Id of this answer",
    "zh-CN": "服务器内部错误，请重试；若仍然出错，请把响应头 X-Request-Id 告知服务器管理员",
  },
  STORAGE_MISCONFIGURED: {
    status: 500,
    en: "The server's storage is not set up correctly: ask the server's operator to look into its log",
    "zh-CN": "服务器的存储配置有误，请服务器管理员查看日志",
  },
  SERVICE_UNAVAILABLE: {
    status: 503,
    en: "The server cannot answer at the moment: try again in a few seconds",
    "zh-CN": "服务暂时不可用，请几秒后重试",
  },
  SERVER_UNAVAILABLE: {
    status: 503,
    isRefusal: true,
    en: "The server is under maintenance: try again later",
    "zh-CN": "系统维护中，请稍后重试",
  },
} as const satisfies ErrorDefinitions;

type Codes = typeof commonErrors;
declare module "./errors.ts" {
  interface ErrorTable extends Codes {}
}
