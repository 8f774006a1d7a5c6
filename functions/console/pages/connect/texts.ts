import { defineTexts } from "../../locale/i18n.ts";

export const t = defineTexts("connect", {
  title: { en: "Connect a client", "zh-CN": "接入客户端" },
  text: {
    en: "An app that updates itself changes one address, and gets its updates from this server.",
    "zh-CN": "支持自动更新的应用只需修改一个地址，即可从此服务器获取更新。",
  },
  software: { en: "Software", "zh-CN": "软件" },
  channel: { en: "Channel", "zh-CN": "渠道" },
  client: { en: "Client", "zh-CN": "客户端" },
  platform: { en: "Platform", "zh-CN": "平台" },
  arch: { en: "Architecture", "zh-CN": "架构" },
  change: { en: "What to change: {where}", "zh-CN": "需要修改：{where}" },
  run: { en: "What to run", "zh-CN": "要运行的命令" },
  ask: { en: "What to ask", "zh-CN": "要发送的请求" },
  publish: { en: "What to publish for it", "zh-CN": "需要发布的内容" },
  publishCommand: { en: "Command that publishes the build folder", "zh-CN": "发布构建目录的命令" },
  private: {
    en: "This software is private: add ?key= to the address, with an API key that may read it.",
    "zh-CN": "此软件为私有：请在地址后加上 ?key=，并填入有读取权限的 API 密钥。",
  },
  makeKey: { en: "API keys", "zh-CN": "API 密钥" },
  electron: {
    en: ".exe, .zip, .AppImage, .deb, with their .blockmap",
    "zh-CN": ".exe、.zip、.AppImage、.deb 及其 .blockmap",
  },
  bundles: { en: "The bundles, each with its .sig", "zh-CN": "各安装包及其 .sig" },
  nupkg: { en: ".nupkg: full packages, and deltas as patches", "zh-CN": ".nupkg：完整包和增量包" },
  installers: { en: ".exe, .msi or .zip", "zh-CN": ".exe、.msi 或 .zip" },
  zip: { en: ".zip", "zh-CN": ".zip" },
  signed: { en: "A package with its EdDSA signature", "zh-CN": "带有 EdDSA 签名的软件包" },
  anything: { en: "Any file", "zh-CN": "任意文件" },
  own: { en: "Your own code", "zh-CN": "自有代码" },
});
