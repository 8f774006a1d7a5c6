import { defineTexts } from "../../locale/i18n.ts";

export const t = defineTexts("account", {
  title: { en: "Your account", "zh-CN": "我的账户" },
  profile: { en: "Name", "zh-CN": "名称" },
  username: { en: "User name", "zh-CN": "用户名" },
  fullName: { en: "Full name", "zh-CN": "姓名" },
  email: { en: "E-mail", "zh-CN": "邮箱" },
  emailHelp: {
    en: "The address that you sign in with. It stays as it is.",
    "zh-CN": "用于登录的邮箱地址，不可更改。",
  },
  since: { en: "Registered {day}", "zh-CN": "注册于 {day}" },
  save: { en: "Save", "zh-CN": "保存" },
  saved: { en: "Your account is updated", "zh-CN": "账户已更新" },
  password: { en: "Password", "zh-CN": "密码" },
  passwordText: {
    en: "A new password signs you out everywhere; you sign in again with it.",
    "zh-CN": "修改密码后，您将在所有设备上退出登录，需使用新密码重新登录。",
  },
  current: { en: "Current password", "zh-CN": "当前密码" },
  next: { en: "New password", "zh-CN": "新密码" },
  nextHelp: { en: "At least 6 characters", "zh-CN": "至少 6 个字符" },
  change: { en: "Change the password", "zh-CN": "修改密码" },
  changed: {
    en: "The password is changed: sign in with the new one",
    "zh-CN": "密码已修改：请使用新密码登录",
  },
  sessions: { en: "Sign out everywhere", "zh-CN": "在所有设备上退出" },
  sessionsText: {
    en: "Ends this session, those of your other devices, and every token that programs got in your name.",
    "zh-CN": "结束当前会话、您其他设备上的会话，以及程序以您的名义获取的所有令牌。",
  },
  everywhere: { en: "Sign out everywhere", "zh-CN": "在所有设备上退出" },
  sure: { en: "Sign out everywhere?", "zh-CN": "确定在所有设备上退出登录？" },
  signedOut: { en: "You are signed out everywhere", "zh-CN": "您已在所有设备上退出登录" },
});
