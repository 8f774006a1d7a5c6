import type { Texts } from "../core/locale/locale.ts";

export const packageTexts = {
  uploaded: {
    en: "Package uploaded",
    "zh-CN": "包上传成功",
  },
  "package.channel": {
    en: "use a name of 1 to 32 lower-case letters, digits and hyphens that begins with a letter, such as beta",
    "zh-CN": "请使用 1 到 32 个小写字母、数字或连字符，以字母开头，例如 beta",
  },
  "package.notOlder": {
    en: "name a version older than {version}, which is the one that the package leads to",
    "zh-CN": "请填写早于 {version} 的版本，该更新包升级到此版本",
  },
  "package.notStable": {
    en: "this version is a pre-release or was sent with is_stable=false, so publish it on another channel, such as {channel}",
    "zh-CN": "该版本是预发布版本或标记为不稳定（is_stable=false），请改用其他渠道，例如 {channel}",
  },
  "package.notHeld": {
    en: "This upload is {state}: change it while it is held for its release, after its bytes are verified",
    "zh-CN": "此上传的状态为 {state}：只有在通过校验并等待发布时才能修改",
  },
  "package.dotted": {
    en: "use numbers with dots between them, such as 10.15.7",
    "zh-CN": "请使用以点分隔的数字，例如 10.15.7",
  },
  "package.signature": {
    en: "send the whole content of the `.sig` file that Tauri's signer or minisign wrote",
    "zh-CN": "请发送 Tauri 签名工具或 minisign 生成的 `.sig` 文件的完整内容",
  },
  "package.edSignature": {
    en: "send the Ed25519 signature in base64, as Sparkle's sign_update prints it",
    "zh-CN": "请发送 Base64 编码的 Ed25519 签名，即 Sparkle 的 sign_update 输出的内容",
  },
  "storage.watch": {
    en: "Watch the storage usage",
    "zh-CN": "监控存储使用情况",
  },
  "storage.cleanup": {
    en: "Delete old packages or raise the quota",
    "zh-CN": "请删除旧的更新包或提高存储配额",
  },
  "storage.critical": {
    en: "Storage is nearly full: clean up now",
    "zh-CN": "存储空间即将耗尽，请立即清理",
  },
  "storage.kept.newest_stable": {
    en: "It leads to the newest stable version of its platform and architecture",
    "zh-CN": "它通向该平台和架构的最新稳定版本",
  },
  "storage.kept.keep_full": {
    en: "It is one of the newest full packages that KEEP_FULL keeps",
    "zh-CN": "属于 KEEP_FULL 保留的最新完整包",
  },
  "storage.kept.keep_patch": {
    en: "It is one of the newest patches that KEEP_PATCH keeps",
    "zh-CN": "属于 KEEP_PATCH 保留的最新增量包",
  },
  "storage.kept.keep_hotfix": {
    en: "It is one of the newest hotfixes that KEEP_HOTFIX keeps",
    "zh-CN": "属于 KEEP_HOTFIX 保留的最新热修复包",
  },
  "storage.kept.gate": {
    en: "Older versions have to take it before newer ones: delete it by its id once none of them is in use",
    "zh-CN": "旧版本升级时必须先经过它：确认不再有旧版本使用后，可按编号删除",
  },
  "storage.kept.chain": {
    en: "It is a step of the cheapest update plan of a version that is kept",
    "zh-CN": "它是某个保留版本的最省流量更新方案中的一步",
  },
  "storage.kept.young": {
    en: "It is younger than a day: clean up again tomorrow, or delete it by its id",
    "zh-CN": "发布不足一天：请明天再清理，或按编号删除",
  },
} as const satisfies Texts;

type Keys = typeof packageTexts;
declare module "../core/locale/locale.ts" {
  interface TextTable extends Keys {}
}
