import { SENTENCES, type SentenceCode } from "../../../../../scripts/client/folders/sentence.ts";
import { defineTexts, type Text } from "../../../locale/i18n.ts";

/** What the recognisers of build folders say; flags of the command line are left out. `fileNames` stands for a tool. */
export const t = defineTexts("folders", {
  partOfBundle: { en: SENTENCES.partOfBundle, "zh-CN": "它是 {bundler} 打包产物的中间文件" },
  ownerMissing: { en: SENTENCES.ownerMissing, "zh-CN": "它所属的文件 {owner} 不在此处" },
  ownerUnpublished: { en: SENTENCES.ownerUnpublished, "zh-CN": "{owner} 也不发布" },
  noSignature: { en: SENTENCES.noSignature, "zh-CN": "它不是 Tauri 或 minisign 的签名文件" },
  listedMissing: { en: SENTENCES.listedMissing, "zh-CN": "{list} 列出了它，但文件不在此处" },
  namedMissing: { en: SENTENCES.namedMissing, "zh-CN": "{list} 提到了它，但文件不在此处" },
  noBase: { en: SENTENCES.noBase, "zh-CN": "{list} 中没有可作为其起点的版本" },
  typeNotTaken: { en: SENTENCES.typeNotTaken, "zh-CN": "服务器不接受此类文件" },
  sparkleDelta: {
    en: SENTENCES.sparkleDelta,
    "zh-CN": "Sparkle 的增量包只由 generate_appcast 生成和提供；此处发布其完整更新",
  },
  unknownFile: { en: SENTENCES.unknownFile, "zh-CN": "它不是软件包，也不属于任何软件包" },
  untold: {
    en: SENTENCES.untold,
    "zh-CN": "{tools} 未将它告知更新程序，从文件名也无法确定它属于同一构建；如需发布请单独选择",
  },
  double: {
    en: SENTENCES.double,
    "zh-CN": "{first} 已是 {version} 面向 {platform} {arch} 的 .{format}，每个版本只有一个",
  },
  sizePack: {
    en: SENTENCES.sizePack,
    "zh-CN": "{path} 为 {size} 字节，而 {list} 记录为 {listed}：请重新打包。",
  },
  sizeBuild: {
    en: SENTENCES.sizeBuild,
    "zh-CN": "{path} 为 {size} 字节，而 {list} 记录为 {listed}：请重新构建。",
  },
  sizeAppcast: {
    en: SENTENCES.sizeAppcast,
    "zh-CN": "{path} 为 {size} 字节，而 {list} 记录为 {listed}：请重新运行 generate_appcast。",
  },
  newestListed: {
    en: SENTENCES.newestListed,
    "zh-CN": "取 {version}，即 {list} 中最新的版本：文件名未写明版本",
  },
  severalArchs: {
    en: "it installs {archs}, whichever the machine is: choose one",
    "zh-CN": "它可安装 {archs}，由目标机器决定：请选择架构",
  },
  archLeftOut: {
    en: "x64, which electron-builder leaves out of names",
    "zh-CN": "按 x64 处理：electron-builder 不在文件名中写明 x64",
  },
  fileNames: { en: "file names", "zh-CN": "文件名" },
} satisfies Record<SentenceCode | "fileNames", Text>);
