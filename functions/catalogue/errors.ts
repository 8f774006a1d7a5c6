import type { ErrorDefinitions } from "../core/errors.ts";

export const catalogueErrors = {
  APPWARE_NOT_FOUND: {
    status: 404,
    en: "AppWare not found",
    "zh-CN": "应用仓库不存在",
  },
  APPWARE_EXISTS: {
    status: 409,
    en: "AppWare with this name already exists",
    "zh-CN": "应用仓库名称已存在",
  },
} as const satisfies ErrorDefinitions;

type Codes = typeof catalogueErrors;
declare module "../core/errors.ts" {
  interface ErrorTable extends Codes {}
}
