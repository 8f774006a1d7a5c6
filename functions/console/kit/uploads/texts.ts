import { defineTexts } from "../../locale/i18n.ts";

export const t = defineTexts("uploads", {
  waiting: { en: "waiting", "zh-CN": "等待中" },
  paused: { en: "paused", "zh-CN": "已暂停" },
  reading: { en: "being read", "zh-CN": "读取中" },
  sending: { en: "being sent", "zh-CN": "上传中" },
  verifying: { en: "being verified", "zh-CN": "校验中" },
  sent: { en: "verified", "zh-CN": "已校验" },
  failed: { en: "failed", "zh-CN": "失败" },
  progress: { en: "{sent} of {size}", "zh-CN": "{sent} / {size}" },
  speed: { en: "{speed}/s, {left} left", "zh-CN": "{speed}/秒，剩余 {left}" },
  retried: {
    en: "The server does not answer since {since}. It is tried again for another {left}.",
    "zh-CN": "服务器已 {since} 没有响应，将在接下来的 {left} 内继续重试。",
  },
  silent: {
    en: "Nothing has moved for {since}: the server does not answer, or the connection is gone.",
    "zh-CN": "已 {since} 没有进展：服务器没有响应，或连接已断开。",
  },
  leave: { en: "Leave while something is sent?", "zh-CN": "上传尚未完成，要离开吗？" },
  leaveText: {
    en: "What has not been sent and verified yet is given up.",
    "zh-CN": "尚未上传并校验完成的文件将被放弃。",
  },
  leaveAction: { en: "Leave", "zh-CN": "离开" },
  stay: { en: "Stay here", "zh-CN": "留在此页" },
  progressOf: { en: "Progress of {file}", "zh-CN": "{file} 的进度" },
});
