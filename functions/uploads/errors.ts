import type { ErrorDefinitions } from "../core/errors.ts";

export const uploadErrors = {
  UNSUPPORTED_FILE_TYPE: {
    status: 400,
    en: "Files of the type {extension} are not taken here: send another type, such as .zip",
    "zh-CN": "不支持的文件类型: {extension}",
  },
  EMPTY_FILE: {
    status: 400,
    en: "The file is empty: send one with content",
    "zh-CN": "文件为空，请发送有内容的文件",
  },
  INVALID_UPLOAD_TOKEN: {
    status: 401,
    en: "This token is not that of the upload: send the upload_token that the upload's creation answered",
    "zh-CN": "无效的上传令牌，请使用创建上传时返回的 upload_token",
  },
  UPLOAD_NOT_FOUND: {
    status: 404,
    en: "There is no such upload: begin a new one",
    "zh-CN": "上传不存在，请重新开始上传",
  },
  UPLOAD_INCOMPLETE: {
    status: 409,
    en: "The upload cannot be completed yet: {problem}",
    "zh-CN": "上传尚未完成：{problem}",
  },
  UPLOAD_STATE_CONFLICT: {
    status: 409,
    en: "The upload is {state} and takes nothing more: ask for its status, or begin a new one",
    "zh-CN": "上传状态为 {state}，不再接收内容，请查询其状态或重新开始上传",
  },
  UPLOAD_EXPIRED: {
    status: 410,
    en: "The upload has expired: begin a new one",
    "zh-CN": "上传已过期，请重新开始上传",
  },
  TOO_MANY_UPLOADS: {
    status: 429,
    en: "The {limit} uploads that one key or account may begin in an hour are used up: try again in {minutes} min, or ask the server's operator for a larger UPLOADS_PER_HOUR",
    "zh-CN":
      "每个密钥或账户每小时可开始的 {limit} 次上传已用完：请在 {minutes} 分钟后重试，或请服务器管理员调大 UPLOADS_PER_HOUR",
  },
  CHECKSUM_MISMATCH: {
    status: 422,
    en: "The bytes that arrived do not have the declared SHA-256: take it anew, and upload the file again",
    "zh-CN": "收到的内容与声明的 SHA-256 不一致，请重新计算并上传",
  },
  CHECKSUM_CONFLICT: {
    status: 409,
    en: "The upload was declared with another SHA-256; create a new one for other bytes",
    "zh-CN": "该上传已声明另一个 SHA-256；如内容不同，请创建新的上传",
  },
  SIZE_MISMATCH: {
    status: 422,
    en: "The bytes that arrived do not have the declared size of {size}: upload the file again",
    "zh-CN": "收到的内容与声明的大小 {size} 不一致，请重新上传文件",
  },
  INSUFFICIENT_STORAGE: {
    status: 507,
    isRefusal: true,
    en: "The storage is full, and cleanup could not make room: ask the server's operator for more",
    "zh-CN": "存储空间不足，清理失败",
  },
} as const satisfies ErrorDefinitions;

type Codes = typeof uploadErrors;
declare module "../core/errors.ts" {
  interface ErrorTable extends Codes {}
}
