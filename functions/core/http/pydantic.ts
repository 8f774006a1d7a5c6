import type { z } from "zod";
import type { ErrorParams } from "../errors.ts";
import type { Locale } from "../locale/locale.ts";

/**
 * The types and messages of Pydantic 2 (https://docs.pydantic.dev/latest/errors/validation_errors/), which clients of
 * FastAPI read; in Chinese, ours.
 */
const messages = {
  missing: { en: "Field required", "zh-CN": "缺少该字段" },
  int_parsing: {
    en: "Input should be a valid integer, unable to parse string as an integer",
    "zh-CN": "应为整数，无法将该文本解析为整数",
  },
  int_from_float: {
    en: "Input should be a valid integer, got a number with a fractional part",
    "zh-CN": "应为整数，不能带小数部分",
  },
  int_type: { en: "Input should be a valid integer", "zh-CN": "应为整数" },
  bool_parsing: {
    en: "Input should be a valid boolean, unable to interpret input",
    "zh-CN": "应为布尔值，无法识别该值",
  },
  bool_type: { en: "Input should be a valid boolean", "zh-CN": "应为布尔值" },
  string_type: { en: "Input should be a valid string", "zh-CN": "应为字符串" },
  string_unicode: {
    en: "Input should be a valid string, unable to parse raw data as a unicode string",
    "zh-CN": "应为有效的 Unicode 字符串",
  },
  string_controls: {
    en: "Take out the control characters, such as line breaks",
    "zh-CN": "请去掉换行等控制字符",
  },
  string_too_short: {
    en: "String should have at least {limit} character{s}",
    "zh-CN": "至少需要 {limit} 个字符",
  },
  string_too_long: {
    en: "String should have at most {limit} character{s}",
    "zh-CN": "最多允许 {limit} 个字符",
  },
  greater_than_equal: {
    en: "Input should be greater than or equal to {limit}",
    "zh-CN": "应大于或等于 {limit}",
  },
  less_than_equal: { en: "Input should be less than or equal to {limit}", "zh-CN": "应小于或等于 {limit}" },
  json_invalid: { en: "JSON decode error", "zh-CN": "JSON 解析错误" },
  model_attributes_type: {
    en: "Input should be a valid dictionary or object to extract fields from",
    "zh-CN": "应为对象",
  },
} satisfies Record<string, Record<Locale, string>>;

export type PydanticType = keyof typeof messages;
type Fault = { type: string; params?: ErrorParams };

/** Pydantic's message for a type of fault; undefined for types whose message depends on the case. */
export function pydanticMessage(locale: Locale, type: string, params: ErrorParams = {}): string | undefined {
  if (!Object.hasOwn(messages, type)) return undefined;
  const values: ErrorParams = { ...params, s: params.limit === 1 ? "" : "s" };
  return messages[type as PydanticType][locale].replace(/\{(\w+)\}/g, (_, name: string) =>
    String(values[name] ?? ""),
  );
}

/** What Pydantic calls the fault that zod found in `value`. */
export function pydanticFault(issue: z.core.$ZodIssue, value: unknown): Fault {
  if (value === undefined && issue.path.length > 0) return { type: "missing" };
  switch (issue.code) {
    case "invalid_type":
      return { type: typeFault(issue.expected, value) };
    case "too_small":
      return {
        type: boundFaults[issue.origin]?.[0] ?? "too_short",
        params: { limit: Number(issue.minimum) },
      };
    case "too_big":
      return { type: boundFaults[issue.origin]?.[1] ?? "too_long", params: { limit: Number(issue.maximum) } };
    case "invalid_format":
      return { type: "string_pattern_mismatch" };
    case "invalid_value":
      return { type: "enum" };
    case "custom": {
      const type: unknown = issue.params?.type;
      return { type: typeof type === "string" ? type : "value_error" };
    }
    default:
      return { type: "value_error" };
  }
}

const boundFaults: Record<string, readonly [tooSmall: PydanticType, tooBig: PydanticType]> = {
  string: ["string_too_short", "string_too_long"],
  number: ["greater_than_equal", "less_than_equal"],
  int: ["greater_than_equal", "less_than_equal"],
};

function typeFault(expected: string, value: unknown): string {
  switch (expected) {
    case "int":
    case "number":
      if (typeof value === "string") return "int_parsing";
      return typeof value === "number" ? "int_from_float" : "int_type";
    case "boolean":
      return typeof value === "string" || Number.isInteger(value) ? "bool_parsing" : "bool_type";
    case "object":
      return "model_attributes_type";
    case "array":
      return "list_type";
    default:
      return `${expected}_type`;
  }
}
