import { defineTexts } from "../locale/i18n.ts";

export const t = defineTexts("frame", {
  skip: { en: "Skip to the content", "zh-CN": "跳到正文" },
  navigation: { en: "Pages of the console", "zh-CN": "控制台页面" },
  openNavigation: { en: "Open the navigation", "zh-CN": "打开导航" },
  navigationText: { en: "Everything that you may open", "zh-CN": "您可以打开的所有页面" },
  search: { en: "Search or go to …", "zh-CN": "搜索或跳转…" },
  nothing: { en: "Nothing found", "zh-CN": "没有找到" },
  searchTitle: { en: "Command palette", "zh-CN": "命令面板" },
  searchText: {
    en: "Type where you want to go, or what you want to do",
    "zh-CN": "输入要打开的页面或要执行的操作",
  },
  goTo: { en: "Go to", "zh-CN": "跳转" },
  software: { en: "Software and versions", "zh-CN": "软件与版本" },
  users: { en: "Users", "zh-CN": "用户" },
  do: { en: "Actions", "zh-CN": "操作" },
  documentation: { en: "API reference", "zh-CN": "API 文档" },
  you: { en: "Account of {name}", "zh-CN": "{name} 的账户" },
  language: { en: "Language", "zh-CN": "语言" },
  theme: { en: "Appearance", "zh-CN": "外观" },
  light: { en: "Light", "zh-CN": "浅色" },
  dark: { en: "Dark", "zh-CN": "深色" },
  system: { en: "Same as system", "zh-CN": "跟随系统" },
  account: { en: "Your account", "zh-CN": "我的账户" },
  signOut: { en: "Sign out", "zh-CN": "退出登录" },
  signedOut: { en: "You are signed out", "zh-CN": "您已退出登录" },
});
