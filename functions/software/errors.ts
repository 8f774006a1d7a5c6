import type { ErrorDefinitions } from "../core/errors.ts";

export const softwareErrors = {
  VKEY_NOT_FOUND: {
    status: 404,
    en: "There is no such version: check the VKey",
    "zh-CN": "版本不存在，请检查 VKey",
  },
} as const satisfies ErrorDefinitions;

type Codes = typeof softwareErrors;
declare module "../core/errors.ts" {
  interface ErrorTable extends Codes {}
}
