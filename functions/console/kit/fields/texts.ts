import { defineTexts } from "../../locale/i18n.ts";

export const t = defineTexts("fields", {
  missing: { en: "This has to be filled in", "zh-CN": "此项必填" },
  number: { en: "Write a number", "zh-CN": "请填写数字" },
  email: {
    en: "Write a mail address, such as ana{'@'}example.com",
    "zh-CN": "请填写邮箱地址，例如 ana{'@'}example.com",
  },
  url: {
    en: "Write a whole address, such as https://example.com",
    "zh-CN": "请填写完整网址，例如 https://example.com",
  },
  format: { en: "This does not have the form that is asked for", "zh-CN": "格式不符合要求" },
  tooShort: { en: "At least {least} characters", "zh-CN": "至少 {least} 个字符" },
  tooLong: { en: "At most {most} characters", "zh-CN": "最多 {most} 个字符" },
  least: { en: "At least {least}", "zh-CN": "不能小于 {least}" },
  most: { en: "At most {most}", "zh-CN": "不能大于 {most}" },
  step: { en: "In steps of {step}", "zh-CN": "须为 {step} 的倍数" },
});
