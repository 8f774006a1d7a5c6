import type { Texts } from "./locale.ts";

export const commonTexts = {
  "outbound.silent": {
    en: "no answer within {seconds} seconds",
    "zh-CN": "{seconds} 秒内无响应",
  },
  "outbound.unreachable": {
    en: "cannot be reached",
    "zh-CN": "无法连接",
  },
  unauthorized: {
    en: "Unauthorized",
    "zh-CN": "未认证或Token无效",
  },
  forbidden: {
    en: "Not enough permissions",
    "zh-CN": "权限不足",
  },
  "body.contentType": {
    en: "send it as JSON, with the header Content-Type: application/json",
    "zh-CN": "请以 JSON 发送，并设置请求头 Content-Type: application/json",
  },
  internal: {
    en: "Internal Server Error",
    "zh-CN": "服务器内部错误",
  },
  "body.notJson": {
    en: 'send JSON, such as {"name": "value"}, with the header Content-Type: application/json',
    "zh-CN": '请发送 JSON，例如 {"name": "value"}，并带上请求头 Content-Type: application/json',
  },
  "form.not-multipart": {
    en: "send it as a form of the type multipart/form-data",
    "zh-CN": "请以 multipart/form-data 表单发送",
  },
  "form.malformed": {
    en: "the form is damaged or has more than one file; send one file, and let your HTTP library build the form",
    "zh-CN": "表单已损坏或包含多个文件，请只发送一个文件，并由 HTTP 库生成表单",
  },
  "form.truncated": {
    en: "it broke off before its end; send it again",
    "zh-CN": "请求内容在结束前中断，请重新发送",
  },
  "form.too-large": {
    en: "it is too large; send less",
    "zh-CN": "请求内容过大，请缩小后重新发送",
  },
  "form.too-many-fields": {
    en: "it has too many fields; send only those that the documentation at /docs names",
    "zh-CN": "字段过多，请只发送 /docs 文档中列出的字段",
  },
  "form.field-too-large": {
    en: "one of its fields is too long; shorten it",
    "zh-CN": "某个字段过长，请缩短",
  },
  "fault.missing": {
    en: "this is required, give it a value",
    "zh-CN": "必填，请提供值",
  },
  "fault.type": {
    en: "use {wanted}, not {found}",
    "zh-CN": "请使用{wanted}，而不是{found}",
  },
  "fault.whole": {
    en: "use a whole number, without a fraction",
    "zh-CN": "请使用整数，不要带小数部分",
  },
  "fault.oneOf": {
    en: "use one of these: {values}",
    "zh-CN": "请从以下值中选择：{values}",
  },
  "fault.empty": {
    en: "fill this in, it must not be empty",
    "zh-CN": "不能为空，请填写内容",
  },
  "fault.tooShort": {
    en: "use {limit} characters or more",
    "zh-CN": "请至少使用 {limit} 个字符",
  },
  "fault.tooLong": {
    en: "use {limit} characters or fewer",
    "zh-CN": "请最多使用 {limit} 个字符",
  },
  "fault.noItems": {
    en: "give at least one entry",
    "zh-CN": "请至少提供一项",
  },
  "fault.tooFewItems": {
    en: "give {limit} entries or more",
    "zh-CN": "请至少提供 {limit} 项",
  },
  "fault.tooManyItems": {
    en: "give {limit} entries or fewer",
    "zh-CN": "请最多提供 {limit} 项",
  },
  "fault.tooSmall": {
    en: "use {limit} or more",
    "zh-CN": "请使用不小于 {limit} 的值",
  },
  "fault.tooLarge": {
    en: "use {limit} or less",
    "zh-CN": "请使用不大于 {limit} 的值",
  },
  "fault.notAbove": {
    en: "use more than {limit}",
    "zh-CN": "请使用大于 {limit} 的值",
  },
  "fault.notBelow": {
    en: "use less than {limit}",
    "zh-CN": "请使用小于 {limit} 的值",
  },
  "fault.tooManyDecimals": {
    en: "use at most {limit} decimals",
    "zh-CN": "最多保留 {limit} 位小数",
  },
  "fault.multipleOf": {
    en: "use a multiple of {limit}",
    "zh-CN": "请使用 {limit} 的倍数",
  },
  "fault.unknownKeys": {
    en: "leave out {values}",
    "zh-CN": "请去掉 {values}",
  },
  "fault.key": {
    en: "rename this entry: {problem}",
    "zh-CN": "请修改此项的名称：{problem}",
  },
  "fault.halfCharacters": {
    en: "take out the broken character, which is no Unicode text",
    "zh-CN": "请去掉损坏的字符，它不是有效的 Unicode 文本",
  },
  "fault.controls": {
    en: "take out line breaks and other control characters",
    "zh-CN": "请去掉换行等控制字符",
  },
  "fault.form": {
    en: "write it in the form that the documentation at /docs shows",
    "zh-CN": "请按 /docs 文档中的格式填写",
  },
  "fault.email": {
    en: "use an e-mail address such as name@example.com",
    "zh-CN": "请填写邮箱地址，例如 name@example.com",
  },
  "fault.url": {
    en: "use a web address such as https://example.com",
    "zh-CN": "请填写网址，例如 https://example.com",
  },
  "fault.uuid": {
    en: "use a UUID such as 9f1b2c3d-4e5f-4a6b-8c7d-0e1f2a3b4c5d",
    "zh-CN": "请填写 UUID，例如 9f1b2c3d-4e5f-4a6b-8c7d-0e1f2a3b4c5d",
  },
  "fault.date": {
    en: "use a date such as 2026-01-31",
    "zh-CN": "请填写日期，例如 2026-01-31",
  },
  "fault.datetime": {
    en: "use a date and time such as 2026-01-31T12:00:00Z",
    "zh-CN": "请填写日期和时间，例如 2026-01-31T12:00:00Z",
  },
  "fault.sha256": {
    en: "use a SHA-256 of 64 digits, 0 to 9 and a to f",
    "zh-CN": "请填写 SHA-256：64 位，由 0 到 9 和 a 到 f 组成",
  },
  "setting.database": {
    en: "use the address of a libSQL server, such as libsql://name.turso.io or http://127.0.0.1:8080",
    "zh-CN": "请填写 libSQL 服务器地址，例如 libsql://name.turso.io 或 http://127.0.0.1:8080",
  },
  "setting.endpoint": {
    en: "use a web address such as https://s3.example.com, or a path of this server such as /s3",
    "zh-CN": "请填写网址（例如 https://s3.example.com）或本服务器的路径（例如 /s3）",
  },
  "setting.money": {
    en: "use an amount with at most two decimals, such as 0.10",
    "zh-CN": "请填写最多两位小数的金额，例如 0.10",
  },
  "setting.missing": {
    en: "{name} is not set",
    "zh-CN": "未设置 {name}",
  },
  "setting.wrong": {
    en: "{name}: {problem}",
    "zh-CN": "{name}：{problem}",
  },
  "setting.faults": {
    en: "Correct these settings: {problem}",
    "zh-CN": "请更正以下设置：{problem}",
  },
  "kind.text": { en: "text", "zh-CN": "文本" },
  "kind.number": { en: "a number", "zh-CN": "数字" },
  "kind.whole": { en: "a whole number", "zh-CN": "整数" },
  "kind.boolean": { en: "true or false", "zh-CN": "布尔值（true 或 false）" },
  "kind.list": { en: "a list", "zh-CN": "列表" },
  "kind.object": { en: "an object", "zh-CN": "对象" },
  "kind.nothing": { en: "nothing", "zh-CN": "空值" },
  "kind.other": { en: "another kind of value", "zh-CN": "其他类型的值" },
} as const satisfies Texts;

type Keys = typeof commonTexts;
declare module "./locale.ts" {
  interface TextTable extends Keys {}
}
