import { expect, test } from "vitest";
import { errorCodes } from "../../../functions/core/errors.ts";
import { chooseLocale, message, type Locale } from "../../../functions/core/locale/locale.ts";

const asked: [header: string | undefined, locale: Locale][] = [
  [undefined, "en"],
  ["", "en"],
  ["en-GB", "en"],
  ["zh", "zh-CN"],
  ["zh-CN,zh;q=0.9,en;q=0.8", "zh-CN"],
  ["zh-Hant-TW", "zh-CN"],
  ["ZH-cn", "zh-CN"],
  ["en;q=0.5, zh;q=0.6", "zh-CN"],
  ["en;q=0.6, zh ; q=0.5", "en"],
  ["fr, de;q=0.9, zh;q=0.1", "zh-CN"],
  ["zh;q=0, en;q=0", "en"],
  ["fr", "en"],
  ["*", "en"],
  ["zhuang, english", "en"],
  [",;=;q=x,,", "en"],
];

test.each(asked)("Accept-Language %j is answered in %s", (header, locale) => {
  expect(chooseLocale(header, "en")).toBe(locale);
});

test("the fallback is the deployment's own language", () => {
  expect(chooseLocale(undefined, "zh-CN")).toBe("zh-CN");
  expect(chooseLocale("fr", "zh-CN")).toBe("zh-CN");
  expect(chooseLocale("en", "zh-CN")).toBe("en");
});

test("a message says what it is about", () => {
  expect(message("en", "UNSUPPORTED_FILE_TYPE", { extension: ".txt" })).toBe("Unsupported file type: .txt");
  expect(message("zh-CN", "UNSUPPORTED_FILE_TYPE", { extension: ".txt" })).toBe("不支持的文件类型: .txt");
});

test("what fills a message is not read as a message itself", () => {
  expect(message("en", "MISSING_PARAMETER", { field: "{field} $& $1" })).toBe(
    "Parameter {field} $& $1 is missing",
  );
});

test("every code speaks both languages, about the same things", () => {
  const placeholders = (text: string) => text.match(/\{\w+\}/g)?.toSorted() ?? [];
  for (const code of errorCodes()) {
    const [english, chinese] = [message("en", code), message("zh-CN", code)];
    expect(chinese, code).toMatch(/\p{Script=Han}/u);
    expect(english, code).not.toMatch(/\p{Script=Han}/u);
    expect(placeholders(chinese), code).toEqual(placeholders(english));
  }
});
