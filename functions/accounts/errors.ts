import type { ErrorDefinitions } from "../core/errors.ts";

export const accountErrors = {
  WRONG_PASSWORD: {
    status: 400,
    en: "The current password is wrong: type it again",
    "zh-CN": "当前密码错误，请重新输入",
  },
  INVALID_API_KEY: {
    status: 401,
    en: "This API key is not valid: check it, or ask an administrator for a new one",
    "zh-CN": "无效的API密钥",
  },
  INVALID_CREDENTIALS: {
    status: 401,
    en: "The user name or password is wrong: check both, and try again",
    "zh-CN": "用户名或密码错误",
  },
  INVALID_TOKEN: {
    status: 401,
    en: "You are not signed in, or your session has ended: sign in again",
    "zh-CN": "未登录或会话已失效，请重新登录",
  },
  ACCESS_DENIED: {
    status: 403,
    en: "Your account may not do this: ask an administrator to do it",
    "zh-CN": "权限不足，请联系管理员",
  },
  NOT_FROM_CONSOLE: {
    status: 403,
    en: "The console's cookie changes things from the console's own pages alone: do this there, or send a token or an API key of your own",
    "zh-CN": "控制台的 Cookie 仅可在控制台页面内用于更改：请在控制台中操作，或使用您自己的令牌或API密钥",
  },
  INSUFFICIENT_SCOPE: {
    status: 403,
    en: "This API key lacks the scope {scope}: use a key that has it",
    "zh-CN": "该API密钥缺少权限 {scope}，请换用具有该权限的密钥",
  },
  USER_NOT_FOUND: {
    status: 404,
    en: "There is no such user: check the id",
    "zh-CN": "用户不存在，请检查编号",
  },
  USERNAME_EXISTS: {
    status: 409,
    en: "This user name is taken: choose another one",
    "zh-CN": "用户名已被使用，请换一个",
  },
  USERNAME_LOOKS_TAKEN: {
    status: 409,
    en: "This user name looks like somebody else's; choose one that nobody takes for another",
    "zh-CN": "该用户名与他人的用户名外观相似，请换一个不易混淆的用户名",
  },
  EMAIL_EXISTS: {
    status: 409,
    en: "This e-mail address is taken: use another one, or sign in with it",
    "zh-CN": "邮箱已被使用，请换一个，或用该邮箱登录",
  },
  LAST_ADMINISTRATOR: {
    status: 409,
    en: "This is the last active administrator: make somebody else one first, then change this account",
    "zh-CN": "这是最后一个有效管理员，请先指定另一位管理员，再修改此账户",
  },
  TOO_MANY_ATTEMPTS: {
    status: 429,
    en: "Too many wrong passwords: try again in {seconds} seconds",
    "zh-CN": "密码错误次数过多，请在 {seconds} 秒后重试",
  },
} as const satisfies ErrorDefinitions;

type Codes = typeof accountErrors;
declare module "../core/errors.ts" {
  interface ErrorTable extends Codes {}
}
