import type { ErrorDefinitions } from "../core/errors.ts";

export const packageErrors = {
  PACKAGE_NOT_FOUND: {
    status: 404,
    en: "There is no such package: list the packages to see which there are",
    "zh-CN": "更新包不存在，请查看更新包列表",
  },
  PACKAGE_EXISTS: {
    status: 409,
    en: "This package exists already, with other content: raise the version, or delete that package first",
    "zh-CN": "该更新包已存在且内容不同：请提高版本号，或先删除已有的更新包",
  },
  COMPANION_EXISTS: {
    status: 409,
    en: "The package has a file of this role already: delete that one first",
    "zh-CN": "该更新包已有此类附属文件：请先删除原文件",
  },
  COMPANION_NOT_FOUND: {
    status: 404,
    en: "The package has no file of this role",
    "zh-CN": "该更新包没有此类附属文件",
  },
  INVALID_BLOCKMAP: {
    status: 422,
    en: "This is not a block map: send the `.blockmap` file that electron-builder wrote beside {file}",
    "zh-CN": "这不是有效的 blockmap 文件：请上传 electron-builder 为 {file} 生成的 `.blockmap` 文件",
  },
  INVALID_ZSYNC: {
    status: 422,
    en: "This is not a zsync file: send the one that zsyncmake wrote for {file}",
    "zh-CN": "这不是有效的 zsync 文件：请上传 zsyncmake 为 {file} 生成的文件",
  },
  COMPANION_MISMATCH: {
    status: 422,
    en: "This was made of another file than {file}: build both anew, or send the one that belongs to it",
    "zh-CN": "该文件不是由 {file} 生成的：请重新构建，或上传与其对应的文件",
  },
  RELEASE_NOT_FOUND: {
    status: 404,
    en: "There is no such release: check the software and the version",
    "zh-CN": "没有此发布：请检查软件和版本号",
  },
  PRE_RELEASE: {
    status: 422,
    en: "{version} is a pre-release by its name and cannot be stable: publish the release under its own version",
    "zh-CN": "{version} 按名称是预发布版本，不能成为稳定版：请以正式版本号发布",
  },
  RELEASE_STABLE: {
    status: 409,
    en: "This version is on the channel stable and stays there: yank it to withdraw it",
    "zh-CN": "该版本位于 stable 渠道，不能移至其他渠道：如需撤回，请将其下架",
  },
  RELEASE_EMPTY: {
    status: 409,
    en: "Nothing waits to be published in this release: upload its files with `draft` first",
    "zh-CN": "此发布中没有待发布的文件：请先以 `draft` 上传文件",
  },
  RELEASE_UNFINISHED: {
    status: 409,
    en: "{count} of its uploads are not verified yet, {file} among them: complete or abort them, then publish",
    "zh-CN": "还有 {count} 个上传尚未通过校验（包括 {file}）：请完成或取消后再发布",
  },
  RELEASE_INCOMPLETE: {
    status: 422,
    en: "{file} has no {missing}, which {other} has: upload it, or publish with `allow_incomplete`",
    "zh-CN": "{file} 缺少 {missing}，而 {other} 有：请上传，或使用 `allow_incomplete` 发布",
  },
} as const satisfies ErrorDefinitions;

type Codes = typeof packageErrors;
declare module "../core/errors.ts" {
  interface ErrorTable extends Codes {}
}
