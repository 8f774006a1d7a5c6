import type { ErrorDefinitions } from "../core/errors.ts";

export const uploadErrors = {
  UNSUPPORTED_FILE_TYPE: {
    status: 400,
    en: "Unsupported file type: {extension}",
    "zh-CN": "不支持的文件类型: {extension}",
  },
  EMPTY_FILE: {
    status: 400,
    en: "The file is empty",
    "zh-CN": "文件为空",
  },
  INVALID_UPLOAD_TOKEN: {
    status: 401,
    en: "Invalid upload token",
    "zh-CN": "无效的上传令牌",
  },
  UPLOAD_NOT_FOUND: {
    status: 404,
    en: "No such upload",
    "zh-CN": "上传不存在",
  },
  UPLOAD_INCOMPLETE: {
    status: 409,
    en: "The upload is not complete: {problem}",
    "zh-CN": "上传尚未完成：{problem}",
  },
  UPLOAD_STATE_CONFLICT: {
    status: 409,
    en: "The upload is {state}: this is not possible any more",
    "zh-CN": "上传状态为 {state}，无法执行此操作",
  },
  UPLOAD_EXPIRED: {
    status: 410,
    en: "The upload has expired; create a new one",
    "zh-CN": "上传已过期，请重新创建",
  },
  CHECKSUM_MISMATCH: {
    status: 422,
    en: "The bytes received do not have the declared SHA-256",
    "zh-CN": "收到的内容与声明的 SHA-256 不一致",
  },
  CHECKSUM_CONFLICT: {
    status: 409,
    en: "The upload was declared with another SHA-256; create a new one for other bytes",
    "zh-CN": "该上传已声明另一个 SHA-256；如内容不同，请创建新的上传",
  },
  SIZE_MISMATCH: {
    status: 422,
    en: "The bytes received do not have the declared size of {size}",
    "zh-CN": "收到的内容与声明的大小 {size} 不一致",
  },
  INSUFFICIENT_STORAGE: {
    status: 507,
    isRefusal: true,
    en: "Not enough storage space, and cleanup could not make room",
    "zh-CN": "存储空间不足，清理失败",
  },
} as const satisfies ErrorDefinitions;

type Codes = typeof uploadErrors;
declare module "../core/errors.ts" {
  interface ErrorTable extends Codes {}
}
