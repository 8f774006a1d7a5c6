import { defineTexts } from "../../locale/i18n.ts";

export const t = defineTexts("check", {
  title: { en: "What would a client get?", "zh-CN": "客户端会得到什么？" },
  text: {
    en: "What a device that checks for an update now would be told.",
    "zh-CN": "设备此刻检查更新会得到的答复。",
  },
  software: { en: "Software", "zh-CN": "软件" },
  version: { en: "Current version", "zh-CN": "当前版本" },
  platform: { en: "Platform", "zh-CN": "平台" },
  arch: { en: "Architecture", "zh-CN": "架构" },
  channel: { en: "Channel", "zh-CN": "渠道" },
  device: { en: "Device id", "zh-CN": "设备标识" },
  deviceHint: { en: "for rollouts", "zh-CN": "用于灰度发布" },
  answer: { en: "Answer", "zh-CN": "答复" },
  ask: {
    en: "Type the version that a device has, to see what it would be offered.",
    "zh-CN": "输入设备的当前版本，查看会得到的更新。",
  },
  upToDate: { en: "Nothing newer: {version} is the newest for it", "zh-CN": "没有更新：{version} 已是最新" },
  update: { en: "It is offered {version}", "zh-CN": "将得到 {version}" },
  critical: { en: "Critical", "zh-CN": "关键" },
  released: { en: "Released {when}", "zh-CN": "发布于{when}" },
  rollback: {
    en: "Its version was rolled back: it goes back to {version}",
    "zh-CN": "其版本已被回滚：将退回 {version}",
  },
  plans: { en: "Update plans, smallest download first", "zh-CN": "升级路径（下载量从小到大）" },
  plan: {
    en: "{count} step, {size} | {count} steps, {size}",
    "zh-CN": "{count} 步，{size}",
  },
  noPlans: { en: "No packages lead there.", "zh-CN": "没有可用的升级路径。" },
  full: { en: "Full package", "zh-CN": "完整包" },
  patch: { en: "Patch", "zh-CN": "增量包" },
  hotfix: { en: "Hotfix", "zh-CN": "热修复" },
  options: { en: "Packages for clients that follow no plans", "zh-CN": "不支持路径规划的客户端可选的软件包" },
  size: { en: "Size", "zh-CN": "大小" },
  address: { en: "Download address", "zh-CN": "下载地址" },
  recommended: { en: "Recommended", "zh-CN": "推荐" },
  request: { en: "The same as a command", "zh-CN": "等效命令" },
});
