import type { ErrorDefinitions } from "../core/errors.ts";

export const softwareErrors = {
  VKEY_NOT_FOUND: {
    status: 404,
    en: "No such version",
    "zh-CN": "版本不存在",
  },
} as const satisfies ErrorDefinitions;

type Codes = typeof softwareErrors;
declare module "../core/errors.ts" {
  interface ErrorTable extends Codes {}
}
