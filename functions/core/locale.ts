import type { ErrorCode, ErrorParams } from "./errors.ts";

export const locales = ["en", "zh-CN"] as const;
export type Locale = (typeof locales)[number];

const english = {
  VALIDATION_ERROR: "Parameter {field} is not valid: {problem}",
  MISSING_PARAMETER: "Parameter {field} is missing",
  MALFORMED_BODY: "The request body cannot be read: {problem}",
  INVALID_VERSION: "Not a semantic version (like 2.2.5 or 2.3.0-beta.1) in {field}",
  INVALID_FILE_NAME: "The file name is not allowed: it must be a plain name of at most 255 characters",
  UNSUPPORTED_FILE_TYPE: "Unsupported file type: {extension}",
  EMPTY_FILE: "The file is empty",
  SOFTWARE_EXISTS: "There is software of this name already",
  VERSION_EXISTS: "This software has this version already",
  VERSION_IN_USE: "This version has packages: its number is part of their file names and stays",
  INVALID_API_KEY: "Invalid API key",
  INVALID_UPLOAD_TOKEN: "Invalid upload token",
  INVALID_CREDENTIALS: "Wrong user name or password",
  WRONG_PASSWORD: "The current password is wrong",
  INVALID_TOKEN: "Not signed in, or the session has ended",
  ACCESS_DENIED: "Not enough permissions",
  USERNAME_EXISTS: "This user name is taken",
  EMAIL_EXISTS: "This email address is taken",
  APPWARE_EXISTS: "AppWare with this name already exists",
  TOO_MANY_ATTEMPTS: "Too many wrong passwords; try again in {seconds} seconds",
  INSUFFICIENT_SCOPE: "This API key lacks the scope {scope}",
  NOT_FOUND: "No such resource",
  SOFTWARE_NOT_FOUND: "No such software",
  VERSION_NOT_FOUND: "No published version for this software, platform and architecture",
  VKEY_NOT_FOUND: "No such version",
  PACKAGE_NOT_FOUND: "No such package",
  UPLOAD_NOT_FOUND: "No such upload",
  APPWARE_NOT_FOUND: "AppWare not found",
  METHOD_NOT_ALLOWED: "This method is not allowed here",
  PACKAGE_EXISTS: "This package exists already",
  IDEMPOTENCY_CONFLICT: "This Idempotency-Key was used for another request",
  UPLOAD_INCOMPLETE: "The upload is not complete: {problem}",
  UPLOAD_STATE_CONFLICT: "The upload is {state}: this is not possible any more",
  UPLOAD_EXPIRED: "The upload has expired; create a new one",
  FILE_TOO_LARGE: "The file is larger than the {limit} bytes allowed here",
  CHECKSUM_MISMATCH: "The bytes received do not have the declared SHA-256",
  SIZE_MISMATCH: "The bytes received do not have the declared size of {size}",
  RATE_LIMIT_EXCEEDED: "Too many requests; try again in {seconds} seconds",
  INTERNAL_ERROR: "Internal error",
  SERVICE_UNAVAILABLE: "The service cannot answer at the moment; try again soon",
  INSUFFICIENT_STORAGE: "Not enough storage space, and cleanup could not make room",
  unauthorized: "Unauthorized",
  internal: "Internal Server Error",
  "user.registered": "Registered",
  "user.signedIn": "Signed in",
  "user.signedOut": "Signed out",
  "user.state": "Whether you are signed in",
  "user.found": "Your account",
  "user.updated": "Your account is updated",
  "user.passwordChanged": "The password is changed; sign in again",
  "username.characters": "3 to 50 letters, digits, dots, underscores and hyphens",
  "password.name": "the password must not be the user name or email address",
  uploaded: "Package uploaded",
  "release.updated": "Updated",
  "release.deleted": "Deleted",
  "keys.legal": "AKey and VKey are valid",
  "keys.unknownAkey": "No such AKey",
  "keys.unknownVkey": "No such VKey",
  "keys.upToDate": "This is the latest version",
  service: "Slipway: software distribution from the edge",
  healthy: "The server is running",
  "feature.full": "full packages",
  "feature.patch": "patches",
  "feature.storage": "storage management",
  "storage.watch": "Watch the storage usage",
  "storage.cleanup": "Delete old packages or raise the quota",
  "storage.critical": "Storage is nearly full: clean up now",
  "appware.deleted": "AppWare deleted successfully",
} satisfies Record<ErrorCode, string> & Record<string, string>;

export type MessageKey = keyof typeof english;

const chinese: Record<MessageKey, string> = {
  VALIDATION_ERROR: "参数 {field} 无效：{problem}",
  MISSING_PARAMETER: "缺少参数 {field}",
  MALFORMED_BODY: "无法读取请求内容：{problem}",
  INVALID_VERSION: "{field} 不是有效的语义化版本号（例如 2.2.5 或 2.3.0-beta.1）",
  INVALID_FILE_NAME: "文件名无效：只能是不超过 255 个字符的普通文件名",
  UNSUPPORTED_FILE_TYPE: "不支持的文件类型: {extension}",
  EMPTY_FILE: "文件为空",
  SOFTWARE_EXISTS: "软件名称已存在",
  VERSION_EXISTS: "该软件已有此版本号",
  VERSION_IN_USE: "该版本已有更新包，文件名包含版本号，不能修改版本号",
  INVALID_API_KEY: "无效的API密钥",
  INVALID_UPLOAD_TOKEN: "无效的上传令牌",
  INVALID_CREDENTIALS: "用户名或密码错误",
  WRONG_PASSWORD: "当前密码错误",
  INVALID_TOKEN: "未登录或会话已失效",
  ACCESS_DENIED: "权限不足",
  USERNAME_EXISTS: "用户名已被使用",
  EMAIL_EXISTS: "邮箱已被使用",
  APPWARE_EXISTS: "应用仓库名称已存在",
  TOO_MANY_ATTEMPTS: "密码错误次数过多，请在 {seconds} 秒后重试",
  INSUFFICIENT_SCOPE: "该API密钥缺少权限 {scope}",
  NOT_FOUND: "资源不存在",
  SOFTWARE_NOT_FOUND: "软件不存在",
  VERSION_NOT_FOUND: "该软件在此平台和架构上没有已发布的版本",
  VKEY_NOT_FOUND: "版本不存在",
  PACKAGE_NOT_FOUND: "更新包不存在",
  UPLOAD_NOT_FOUND: "上传不存在",
  APPWARE_NOT_FOUND: "应用仓库不存在",
  METHOD_NOT_ALLOWED: "不允许使用该请求方法",
  PACKAGE_EXISTS: "该更新包已存在",
  IDEMPOTENCY_CONFLICT: "该 Idempotency-Key 已用于其他请求",
  UPLOAD_INCOMPLETE: "上传尚未完成：{problem}",
  UPLOAD_STATE_CONFLICT: "上传状态为 {state}，无法执行此操作",
  UPLOAD_EXPIRED: "上传已过期，请重新创建",
  FILE_TOO_LARGE: "文件超过允许的 {limit} 字节",
  CHECKSUM_MISMATCH: "收到的内容与声明的 SHA-256 不一致",
  SIZE_MISMATCH: "收到的内容与声明的大小 {size} 不一致",
  RATE_LIMIT_EXCEEDED: "请求过于频繁，请在 {seconds} 秒后重试",
  INTERNAL_ERROR: "服务器内部错误",
  SERVICE_UNAVAILABLE: "服务暂时不可用，请稍后重试",
  INSUFFICIENT_STORAGE: "存储空间不足，清理失败",
  unauthorized: "未认证或Token无效",
  internal: "服务器内部错误",
  "user.registered": "注册成功",
  "user.signedIn": "登录成功",
  "user.signedOut": "登出成功",
  "user.state": "认证状态获取成功",
  "user.found": "用户信息获取成功",
  "user.updated": "用户信息更新成功",
  "user.passwordChanged": "密码修改成功",
  "username.characters": "用户名须为3至50个字母、数字、点、下划线或连字符",
  "password.name": "密码不能与用户名或邮箱相同",
  uploaded: "包上传成功",
  "release.updated": "更新成功",
  "release.deleted": "删除成功",
  "keys.legal": "AKey和VKey合法",
  "keys.unknownAkey": "AKey不存在",
  "keys.unknownVkey": "VKey不存在",
  "keys.upToDate": "当前已是最新版本",
  service: "Slipway：边缘软件分发服务",
  healthy: "服务器运行正常",
  "feature.full": "完整包",
  "feature.patch": "增量包",
  "feature.storage": "智能存储管理",
  "storage.watch": "监控存储使用情况",
  "storage.cleanup": "请删除旧的更新包或提高存储配额",
  "storage.critical": "存储空间即将耗尽，请立即清理",
  "appware.deleted": "应用仓库删除成功",
};

const catalogue: Record<Locale, Record<MessageKey, string>> = { en: english, "zh-CN": chinese };

/** A message of the catalogue in one language, with its {placeholders} filled in. */
export function message(locale: Locale, key: MessageKey, params: ErrorParams = {}): string {
  return catalogue[locale][key].replace(/\{(\w+)\}/g, (placeholder, name: string) =>
    String(params[name] ?? placeholder),
  );
}

/** The language that an Accept-Language header (RFC 9110, section 12.5.4) asks for first among ours. */
export function chooseLocale(header: string | undefined, fallback: Locale): Locale {
  if (!header) return fallback;
  let best: Locale = fallback;
  let bestQuality = 0;
  for (const entry of header.slice(0, 256).split(",")) {
    const [tag = "", ...parameters] = entry.trim().toLowerCase().split(";");
    const quality = Number(
      parameters
        .find((p) => p.trim().startsWith("q="))
        ?.trim()
        .slice(2) ?? 1,
    );
    const locale = tag === "en" || tag.startsWith("en-") ? "en" : /^zh(-|$)/.test(tag) ? "zh-CN" : undefined;
    if (locale && quality > bestQuality) [best, bestQuality] = [locale, quality];
  }
  return best;
}
