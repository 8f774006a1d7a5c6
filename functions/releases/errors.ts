import type { ErrorDefinitions } from "../core/errors.ts";

export const releaseErrors = {
  INVALID_VERSION: {
    status: 400,
    en: "Not a version (like 2.2.5, 1.0.0.5 or 2.3.0-beta.1) in {field}",
    "zh-CN": "{field} 不是有效的版本号（例如 2.2.5、1.0.0.5 或 2.3.0-beta.1）",
  },
  SOFTWARE_NOT_FOUND: {
    status: 404,
    en: "No such software",
    "zh-CN": "软件不存在",
  },
  VERSION_NOT_FOUND: {
    status: 404,
    en: "No published version for this software, platform and architecture",
    "zh-CN": "该软件在此平台和架构上没有已发布的版本",
  },
  SOFTWARE_EXISTS: {
    status: 409,
    en: "There is software of this name already",
    "zh-CN": "软件名称已存在",
  },
  VERSION_EXISTS: {
    status: 409,
    en: "This software has this version already",
    "zh-CN": "该软件已有此版本号",
  },
  VERSION_WITHDRAWN: {
    status: 409,
    en: "All packages of this version were yanked or deleted: offer one of them again, or publish one, then make it the latest",
    "zh-CN": "该版本的更新包已全部撤回或删除：请先恢复或重新发布更新包，再将其设为最新版本",
  },
  VERSION_IN_USE: {
    status: 409,
    en: "This version has packages: its number is part of their file names and stays",
    "zh-CN": "该版本已有更新包，文件名包含版本号，不能修改版本号",
  },
} as const satisfies ErrorDefinitions;

type Codes = typeof releaseErrors;
declare module "../core/errors.ts" {
  interface ErrorTable extends Codes {}
}
