import type { Texts } from "../core/locale/locale.ts";
import { pluginFaultTexts } from "./package/texts.ts";

export const pluginTexts = {
  "plugin.uploaded": {
    en: "Plugin uploaded",
    "zh-CN": "插件上传成功",
  },
  "plugin.listed": {
    en: "All plugins",
    "zh-CN": "插件列表获取成功",
  },
  "plugin.found": {
    en: "The plugin and its versions",
    "zh-CN": "插件详情获取成功",
  },
  "plugin.enabled": {
    en: "Plugin enabled",
    "zh-CN": "插件启用成功",
  },
  "plugin.disabled": {
    en: "Plugin disabled",
    "zh-CN": "插件禁用成功",
  },
  "plugin.deprecated": {
    en: "Plugin marked as deprecated",
    "zh-CN": "插件标记过时成功",
  },
  "plugin.deleted": {
    en: "Plugin deleted",
    "zh-CN": "插件删除成功",
  },
  "plugin.versionsListed": {
    en: "All versions of the plugin",
    "zh-CN": "版本列表获取成功",
  },
  "plugin.versionFound": {
    en: "The version",
    "zh-CN": "版本详情获取成功",
  },
  "plugin.versionDeprecated": {
    en: "Version marked as deprecated",
    "zh-CN": "版本标记过时成功",
  },
  "plugin.name": {
    en: "use a plugin's name of the form com.example.myplugin",
    "zh-CN": "请使用 com.example.myplugin 形式的插件名称",
  },
  "plugin.engineName": {
    en: "use an engine's name such as MicroDock",
    "zh-CN": "请使用引擎名称，例如 MicroDock",
  },
  "plugin.engineTwice": {
    en: "name each engine once (upper and lower case make no difference)",
    "zh-CN": "每个引擎只能出现一次，名称不区分大小写",
  },
  "plugin.version": {
    en: "send a version such as 1.2.3",
    "zh-CN": "请填写版本号，例如 1.2.3",
  },
  "plugin.range": {
    en: "send a version range such as ^1.2.0 or 1.2.3",
    "zh-CN": "请填写版本范围，例如 ^1.2.0 或 1.2.3",
  },
  "resolve.tooManyNames": {
    en: "name {limit} plugins or fewer in install and installed together",
    "zh-CN": "install 与 installed 合计最多 {limit} 个插件",
  },
  "plugin.notAnnounced": {
    en: "the archive is {name}@{version} (announce that name and version, or send the other archive)",
    "zh-CN": "压缩包是 {name}@{version}，与声明的不一致，请更正声明或更换压缩包",
  },
  "resolve.done": {
    en: "Everything fits",
    "zh-CN": "已找到满足全部条件的版本组合",
  },
  "resolve.and": {
    en: "; ",
    "zh-CN": "；",
  },
  "resolve.updates": {
    en: "What is newer",
    "zh-CN": "可用更新获取成功",
  },
  "resolve.requested": {
    en: "the request wants {plugin} {range}",
    "zh-CN": "请求需要 {plugin} {range}",
  },
  "resolve.requestedNone": {
    en: "the request wants {plugin} {range}, and no version of it is in this range",
    "zh-CN": "请求需要 {plugin} {range}，但没有任何版本在此范围内",
  },
  "resolve.requestedPrerelease": {
    en: "the request wants {plugin} {range}, where there are only pre-releases so far: ask for {prerelease} to get one",
    "zh-CN": "请求需要 {plugin} {range}，但此范围内目前只有预发布版本，如需 {prerelease} 请指明该版本",
  },
  "resolve.installed": {
    en: "{plugin} {version} is installed, so some version of it must fit",
    "zh-CN": "已安装 {plugin} {version}，必须有适用的版本",
  },
  "resolve.dependency": {
    en: "{by} needs {plugin} {range}",
    "zh-CN": "{by} 需要 {plugin} {range}",
  },
  "resolve.dependencyNone": {
    en: "{by} needs {plugin} {range}, and no version of it is in this range",
    "zh-CN": "{by} 需要 {plugin} {range}，但没有任何版本在此范围内",
  },
  "resolve.dependencyPrerelease": {
    en: "{by} needs {plugin} {range}, where there are only pre-releases so far ({prerelease})",
    "zh-CN": "{by} 需要 {plugin} {range}，但此范围内目前只有预发布版本（{prerelease}）",
  },
  "resolve.clash": {
    en: "no version of {plugin} suits all of these: {ways}",
    "zh-CN": "{plugin} 没有同时满足以下要求的版本：{ways}",
  },
  "resolve.behind": {
    en: "{way}: {problem}",
    "zh-CN": "{way}：{problem}",
  },
  "resolve.allReasons": {
    en: "{summary}. All that leads to it: {reasons}",
    "zh-CN": "{summary}。全部原因：{reasons}",
  },
  "resolve.engine": {
    en: "{by} needs {engine} {range}, but {engine} is {actual}",
    "zh-CN": "{by} 需要 {engine} {range}，但 {engine} 为 {actual}",
  },
  "resolve.integrity": {
    en: "{by} does not have the SHA-256 that the request names (correct the request's integrity, or leave it out)",
    "zh-CN": "{by} 的SHA-256与请求中的不一致，请更正或去掉请求中的 integrity",
  },
  "resolve.disabled": {
    en: "{plugin} is disabled (choose another plugin, or ask an administrator to enable it)",
    "zh-CN": "{plugin} 已禁用，请改用其他插件或联系管理员启用",
  },
  "resolve.unknown": {
    en: "there is no plugin {plugin} (check the name)",
    "zh-CN": "插件 {plugin} 不存在，请检查名称",
  },
  "resolve.tooManyVersions": {
    en: "the plugins that these depend on, directly or not, have too many versions (ask for fewer plugins or narrower ranges)",
    "zh-CN": "这些插件直接或间接依赖的插件版本过多，请减少插件或缩小版本范围",
  },
  "resolve.tooManyPlugins": {
    en: "more than {limit} plugins would be in the set (ask for fewer)",
    "zh-CN": "版本组合将超过 {limit} 个插件，请减少插件",
  },
  "resolve.tooManySteps": {
    en: "there is no result after {limit} steps (ask for narrower ranges)",
    "zh-CN": "{limit} 步内未得出结果，请缩小版本范围",
  },
} as const satisfies Texts;

type Keys = typeof pluginTexts;
declare module "../core/locale/locale.ts" {
  interface TextTable extends Keys {}
}

/** The faults of packages under the names by which INVALID_PLUGIN gives its reason. */
export const packageFaultTexts: Texts = Object.fromEntries(
  Object.entries(pluginFaultTexts).map(([fault, text]) => [`plugin.fault.${fault}`, text]),
);
