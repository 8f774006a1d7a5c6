import type { ErrorDefinitions } from "../core/errors.ts";

export const accountErrors = {
  WRONG_PASSWORD: {
    status: 400,
    en: "The current password is wrong",
    "zh-CN": "当前密码错误",
  },
  INVALID_API_KEY: {
    status: 401,
    en: "Invalid API key",
    "zh-CN": "无效的API密钥",
  },
  INVALID_CREDENTIALS: {
    status: 401,
    en: "Wrong user name or password",
    "zh-CN": "用户名或密码错误",
  },
  INVALID_TOKEN: {
    status: 401,
    en: "Not signed in, or the session has ended",
    "zh-CN": "未登录或会话已失效",
  },
  ACCESS_DENIED: {
    status: 403,
    en: "Not enough permissions",
    "zh-CN": "权限不足",
  },
  INSUFFICIENT_SCOPE: {
    status: 403,
    en: "This API key lacks the scope {scope}",
    "zh-CN": "该API密钥缺少权限 {scope}",
  },
  USER_NOT_FOUND: {
    status: 404,
    en: "No such user",
    "zh-CN": "用户不存在",
  },
  USERNAME_EXISTS: {
    status: 409,
    en: "This user name is taken",
    "zh-CN": "用户名已被使用",
  },
  USERNAME_LOOKS_TAKEN: {
    status: 409,
    en: "This user name looks like somebody else's; choose one that nobody takes for another",
    "zh-CN": "该用户名与他人的用户名外观相似，请换一个不易混淆的用户名",
  },
  EMAIL_EXISTS: {
    status: 409,
    en: "This email address is taken",
    "zh-CN": "邮箱已被使用",
  },
  LAST_ADMINISTRATOR: {
    status: 409,
    en: "The last active administrator can neither be demoted nor deactivated",
    "zh-CN": "不能降级或停用最后一个管理员",
  },
  TOO_MANY_ATTEMPTS: {
    status: 429,
    en: "Too many wrong passwords; try again in {seconds} seconds",
    "zh-CN": "密码错误次数过多，请在 {seconds} 秒后重试",
  },
} as const satisfies ErrorDefinitions;

type Codes = typeof accountErrors;
declare module "../core/errors.ts" {
  interface ErrorTable extends Codes {}
}
