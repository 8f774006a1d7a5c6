import { defineTexts } from "../../locale/i18n.ts";

export const t = defineTexts("storage", {
  title: { en: "Storage", "zh-CN": "存储" },
  text: {
    en: "What is stored against the quota, and what may be deleted.",
    "zh-CN": "配额使用情况，以及可以删除的内容。",
  },
  cleanup: { en: "Clean up", "zh-CN": "清理" },
  cleanupText: {
    en: "Deletes old packages beyond the numbers that the server keeps, once they are older than a day: never the newest stable version, nor what a device needs on its way to it.",
    "zh-CN": "删除超出保留数量且超过一天的旧软件包；不会删除最新稳定版本以及设备升级所需的软件包。",
  },
  keeps: {
    en: "Of each platform and architecture, it keeps full packages: {full} (KEEP_FULL), patches: {patch} (KEEP_PATCH), hotfixes: {hotfix} (KEEP_HOTFIX). These are variables of the deployment.",
    "zh-CN":
      "每个平台和架构保留完整包 {full} 个（KEEP_FULL）、增量包 {patch} 个（KEEP_PATCH）、热修复 {hotfix} 个（KEEP_HOTFIX）。这些数量由部署变量设定。",
  },
  dry: { en: "Show what would be deleted", "zh-CN": "查看将删除的内容" },
  would: { en: "Would be deleted", "zh-CN": "将被删除" },
  wouldNothing: { en: "Nothing would be deleted.", "zh-CN": "没有可删除的内容。" },
  sum: {
    en: "{count} package, {size}: usage goes from {before} to {after} | {count} packages, {size}: usage goes from {before} to {after}",
    "zh-CN": "{count} 个软件包，{size}：使用率从 {before} 降至 {after}",
  },
  delete: { en: "Delete these packages", "zh-CN": "删除这些软件包" },
  sure: { en: "Delete {count} package? | Delete {count} packages?", "zh-CN": "删除 {count} 个软件包？" },
  sureText: {
    en: "{size} become free. The files are gone for good, and links to them end.",
    "zh-CN": "将释放 {size}。文件会被永久删除，下载链接随之失效。",
  },
  done: {
    en: "{count} package deleted, {size} freed | {count} packages deleted, {size} freed",
    "zh-CN": "已删除 {count} 个软件包，释放 {size}",
  },
  kept: { en: "Kept: {count} package | Kept: {count} packages", "zh-CN": "保留 {count} 个软件包" },
  full: { en: "full", "zh-CN": "完整包" },
  patch: { en: "patch", "zh-CN": "增量包" },
  hotfix: { en: "hotfix", "zh-CN": "热修复" },
  package: { en: "Package", "zh-CN": "软件包" },
  size: { en: "Size", "zh-CN": "大小" },
  why: { en: "Why", "zh-CN": "原因" },
  more: { en: "and {count} more", "zh-CN": "以及另外 {count} 个" },
});
