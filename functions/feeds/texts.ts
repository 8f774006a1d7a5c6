import type { Texts } from "../core/locale/locale.ts";

export const feedTexts = {
  "feed.appcast": {
    en: "send the whole appcast as it was signed: an RSS document with <rss> and </rss>",
    "zh-CN": "请发送签名时的完整 appcast：包含 <rss> 和 </rss> 的 RSS 文档",
  },
  "feed.appcastSignature": {
    en: "send the whole content of the signature file that was made of the appcast: one line of base64",
    "zh-CN": "请发送对 appcast 签名所得文件的完整内容：一行 base64",
  },
} as const satisfies Texts;

type Keys = typeof feedTexts;
declare module "../core/locale/locale.ts" {
  interface TextTable extends Keys {}
}
