import type { ErrorDefinitions } from "../core/errors.ts";

export const packageErrors = {
  PACKAGE_NOT_FOUND: {
    status: 404,
    en: "No such package",
    "zh-CN": "更新包不存在",
  },
  PACKAGE_EXISTS: {
    status: 409,
    en: "This package exists already",
    "zh-CN": "该更新包已存在",
  },
} as const satisfies ErrorDefinitions;

type Codes = typeof packageErrors;
declare module "../core/errors.ts" {
  interface ErrorTable extends Codes {}
}
