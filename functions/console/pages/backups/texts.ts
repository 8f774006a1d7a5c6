import { defineTexts } from "../../locale/i18n.ts";

export const t = defineTexts("backups", {
  title: { en: "Backups", "zh-CN": "备份" },
  text: {
    en: "Copies that programs and plugins keep here under a user key.",
    "zh-CN": "程序和插件以用户密钥保存在此处的备份。",
  },
  key: { en: "User key", "zh-CN": "用户密钥" },
  keyHelp: {
    en: "Shows the backups of this key, which never appears in an address.",
    "zh-CN": "显示此密钥的备份。密钥不会出现在任何网址中。",
  },
  show: { en: "Show", "zh-CN": "显示" },
  showAll: { en: "Show all keys", "zh-CN": "显示所有密钥" },
  type: { en: "Kind", "zh-CN": "类型" },
  all: { en: "All", "zh-CN": "全部" },
  program: { en: "Program", "zh-CN": "程序" },
  plugin: { en: "Plugin", "zh-CN": "插件" },
  file: { en: "File", "zh-CN": "文件" },
  description: { en: "Description", "zh-CN": "说明" },
  size: { en: "Size", "zh-CN": "大小" },
  made: { en: "Created", "zh-CN": "备份时间" },
  actions: { en: "Actions", "zh-CN": "操作" },
  download: { en: "Download", "zh-CN": "下载" },
  downloadOf: { en: "Download {name}", "zh-CN": "下载 {name}" },
  delete: { en: "Delete", "zh-CN": "删除" },
  deleteOf: { en: "Delete {name}", "zh-CN": "删除 {name}" },
  sure: { en: "Delete the backup {name}?", "zh-CN": "确定删除备份 {name}？" },
  sureText: {
    en: "The copy that was made on {made} is gone for good. Whoever wants to restore from it cannot do so any more.",
    "zh-CN": "{made} 的备份将被永久删除，之后无法再用它恢复数据。",
  },
  deleted: { en: "The backup {name} is deleted", "zh-CN": "备份 {name} 已删除" },
  downloading: { en: "The download of {name} begins", "zh-CN": "开始下载 {name}" },
  enterKey: { en: "Whose backups?", "zh-CN": "要查看哪些备份？" },
  enterKeyText: {
    en: "Enter the user key under which your program keeps its backups.",
    "zh-CN": "请输入程序保存备份时使用的用户密钥。",
  },
  none: { en: "No backups", "zh-CN": "没有备份" },
  noneText: {
    en: "Nothing is kept here yet. A program or this command keeps a backup:",
    "zh-CN": "这里还没有备份。可由程序或以下命令创建：",
  },
  command: { en: "Command that keeps a backup", "zh-CN": "创建备份的命令" },
});
