import type { ErrorDefinitions } from "../core/errors.ts";

export const pluginErrors = {
  INVALID_PLUGIN: {
    status: 400,
    en: "This is not a valid plugin package: {problem}",
    "zh-CN": "文件验证失败：{problem}",
  },
  WRONG_PLUGIN_KEY: {
    status: 403,
    en: "This plugin belongs to another plugin key: send the key that it was first uploaded with",
    "zh-CN": "插件密钥不匹配，请使用首次上传该插件时的密钥",
  },
  WRONG_UPLOAD_SECRET: {
    status: 403,
    en: "The upload secret is wrong: ask this server's operator for it and send it as upload_secret",
    "zh-CN": "上传密钥（upload_secret）不正确，请向服务器管理员索取后重新上传",
  },
  PLUGIN_DISABLED: {
    status: 403,
    en: "This plugin is disabled: ask an administrator to enable it",
    "zh-CN": "插件已禁用，请联系管理员启用",
  },
  PLUGIN_DELETED: {
    status: 409,
    en: "The plugin was deleted after this upload began: upload the file again where it is to be published anew",
    "zh-CN": "该上传开始后，插件已被删除：如需重新发布，请再次上传文件",
  },
  PLUGIN_NOT_FOUND: {
    status: 404,
    en: "There is no such plugin: check the name",
    "zh-CN": "插件不存在",
  },
  PLUGIN_VERSION_NOT_FOUND: {
    status: 404,
    en: "This plugin has no such version: list its versions to see which there are",
    "zh-CN": "插件版本不存在，请查看该插件的版本列表",
  },
  PLUGIN_EXISTS: {
    status: 409,
    en: "Another plugin has this name in other upper and lower case letters: choose a different name",
    "zh-CN": "已存在名称仅大小写不同的插件，请换一个名称",
  },
  PLUGIN_VERSION_EXISTS: {
    status: 409,
    en: "This version of the plugin is published already: raise the version in plugin.json",
    "zh-CN": "插件版本已存在，请提高 plugin.json 中的版本号",
  },
  RESOLUTION_CONFLICT: {
    status: 409,
    en: "There is no set of versions that fits: {problem}",
    "zh-CN": "没有满足条件的版本组合：{problem}",
  },
  RESOLUTION_TOO_COMPLEX: {
    status: 422,
    en: "No answer was found within the limits: {problem}",
    "zh-CN": "在限制内未找到结果：{problem}",
  },
} as const satisfies ErrorDefinitions;

type Codes = typeof pluginErrors;
declare module "../core/errors.ts" {
  interface ErrorTable extends Codes {}
}
