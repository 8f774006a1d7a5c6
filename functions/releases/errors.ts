import type { ErrorDefinitions } from "../core/errors.ts";

export const releaseErrors = {
  INVALID_VERSION: {
    status: 400,
    en: "{field} is not a version: write one such as 2.2.5, 1.0.0.5 or 2.3.0-beta.1",
    "zh-CN": "{field} 不是有效的版本号，请按 2.2.5、1.0.0.5 或 2.3.0-beta.1 的形式填写",
  },
  SOFTWARE_NOT_FOUND: {
    status: 404,
    en: "There is no such software: check its name or key",
    "zh-CN": "软件不存在，请检查名称或密钥",
  },
  SOFTWARE_DELETED: {
    status: 409,
    en: "Its software was deleted after this upload began: upload the file again where it is to be published as new software",
    "zh-CN": "该上传开始后，其所属软件已被删除：如需作为新软件发布，请重新上传文件",
  },
  VERSION_NOT_FOUND: {
    status: 404,
    en: "Nothing is published for this software, platform and architecture: check all three",
    "zh-CN": "该软件在此平台和架构上没有已发布的版本，请检查这三项",
  },
  SOFTWARE_EXISTS: {
    status: 409,
    en: "Another software has this name: choose a different one",
    "zh-CN": "软件名称已存在，请换一个名称",
  },
  VERSION_EXISTS: {
    status: 409,
    en: "This software has this version already: choose another number",
    "zh-CN": "该软件已有此版本号，请换一个版本号",
  },
  VERSION_WITHDRAWN: {
    status: 409,
    en: "All packages of this version were yanked or deleted: offer one of them again, or publish one, then make it the latest",
    "zh-CN": "该版本的更新包已全部撤回或删除：请先恢复或重新发布更新包，再将其设为最新版本",
  },
  VERSION_IN_USE: {
    status: 409,
    en: "The number of this version is part of its packages' file names and cannot change: publish a new version instead",
    "zh-CN": "版本号已写入更新包的文件名，不能修改，请发布新版本",
  },
} as const satisfies ErrorDefinitions;

type Codes = typeof releaseErrors;
declare module "../core/errors.ts" {
  interface ErrorTable extends Codes {}
}
