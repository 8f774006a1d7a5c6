import { defineTexts } from "../locale/i18n.ts";

export const t = defineTexts("kit", {
  requestId: { en: "Request id: {id}", "zh-CN": "请求编号：{id}" },
  named: { en: "{name}: {value}", "zh-CN": "{name}：{value}" },
  again: { en: "Try again", "zh-CN": "重试" },
  copy: { en: "Copy", "zh-CN": "复制" },
  copied: { en: "Copied", "zh-CN": "已复制" },
  notCopied: {
    en: "The browser did not allow copying: select the text, and copy it yourself",
    "zh-CN": "浏览器不允许复制：请选中文本后自行复制",
  },
  shell: { en: "System", "zh-CN": "系统" },
  "shell.posix": { en: "Linux, macOS", "zh-CN": "Linux、macOS" },
  "shell.powershell": { en: "Windows (PowerShell)", "zh-CN": "Windows（PowerShell）" },
  whereItRuns: {
    en: "Runs in the folder of Slipway's sources. Elsewhere, install the package slipway-*.tgz that npm run pack makes there in dist/packages (npm install -g), and write slipway for npx slipway.",
    "zh-CN":
      "请在 Slipway 源代码目录中运行。在其他位置，请先用 npm install -g 安装该目录中 npm run pack 生成的 dist/packages/slipway-*.tgz，并将 npx slipway 改为 slipway。",
  },
  cancel: { en: "Cancel", "zh-CN": "取消" },
  close: { en: "Close", "zh-CN": "关闭" },
  loading: { en: "Loading", "zh-CN": "加载中" },
  previous: { en: "Previous", "zh-CN": "上一页" },
  next: { en: "Next", "zh-CN": "下一页" },
  asTyped: { en: "Take {name} as it is typed", "zh-CN": "直接使用“{name}”" },
  chosen: { en: "Chosen: {names}", "zh-CN": "已选：{names}" },
  asTable: { en: "Show as a table", "zh-CN": "以表格显示" },
  time: { en: "Time", "zh-CN": "时间" },
  chartLine: {
    en: "{name} from {least} to {most}, last {last}",
    "zh-CN": "{name}最低 {least}，最高 {most}，最近 {last}",
  },
  filters: { en: "Filters", "zh-CN": "筛选" },
  filtersInUse: { en: "Filters ({inUse})", "zh-CN": "筛选（{inUse}）" },
  pages: { en: "Pages", "zh-CN": "分页" },
  range: { en: "{from} to {to} of {total}", "zh-CN": "第 {from} 至 {to} 项，共 {total} 项" },
  rangeOpen: { en: "{from} to {to}", "zh-CN": "第 {from} 至 {to} 项" },
});

/** A value after its name, with the language's colon. */
export const named = (name: string, value: string | number): string =>
  t("named", { name, value: String(value) });
