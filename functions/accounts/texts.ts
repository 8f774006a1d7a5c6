import type { Texts } from "../core/locale/locale.ts";

export const accountTexts = {
  "user.registered": {
    en: "Registered",
    "zh-CN": "注册成功",
  },
  "user.noName": {
    en: "give your user name or your e-mail address, here or in email",
    "zh-CN": "请在此处或 email 中填写用户名或邮箱地址",
  },
  "user.signedIn": {
    en: "Signed in",
    "zh-CN": "登录成功",
  },
  "user.signedOut": {
    en: "Signed out",
    "zh-CN": "登出成功",
  },
  "user.state": {
    en: "Whether you are signed in",
    "zh-CN": "认证状态获取成功",
  },
  "user.found": {
    en: "Your account",
    "zh-CN": "用户信息获取成功",
  },
  "user.updated": {
    en: "Your account is updated",
    "zh-CN": "用户信息更新成功",
  },
  "user.passwordChanged": {
    en: "The password is changed: sign in again",
    "zh-CN": "密码修改成功",
  },
  "key.read": {
    en: "This needs an API key that may read this software: send one as X-API-Key, as Authorization: Bearer, or as key in the query",
    "zh-CN": "需要可读取该软件的API密钥：请通过 X-API-Key、Authorization: Bearer 或查询参数 key 提供",
  },
  "key.limited": {
    en: "This API key may change {software} alone: use one for the software that this is about",
    "zh-CN": "该API密钥仅可更改 {software}：请使用适用于目标软件的密钥",
  },
  "key.scopes": {
    en: "{scope} is about all software: leave it out, or make a key without software",
    "zh-CN": "{scope} 涉及全部软件：请去掉该权限，或创建不限定软件的密钥",
  },
  "username.characters": {
    en: "use 2 to 50 letters, digits, dots, underscores and hyphens, with single spaces between words",
    "zh-CN": "请使用 2 至 50 个文字、字母、数字、点、下划线或连字符，词间可用单个空格",
  },
  "username.writings": {
    en: "write each word in the letters of one script: letters of several scripts that look alike are mistaken for each other",
    "zh-CN": "每个词请只使用一种文字的字母：不同文字中外观相似的字母容易混淆",
  },
  "password.name": {
    en: "choose a password that is not your user name or e-mail address",
    "zh-CN": "密码不能与用户名或邮箱相同，请换一个",
  },
} as const satisfies Texts;

type Keys = typeof accountTexts;
declare module "../core/locale/locale.ts" {
  interface TextTable extends Keys {}
}
