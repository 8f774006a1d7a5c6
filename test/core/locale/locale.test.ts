import { expect, test } from "vitest";
import { errorCodes } from "../../../functions/core/errors.ts";
import { chooseLocale, message, textKeys, type Locale } from "../../../functions/core/locale/locale.ts";

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
  expect(message("en", "UNSUPPORTED_FILE_TYPE", { extension: ".txt" })).toBe(
    "Files of the type .txt are not taken here: send another type, such as .zip",
  );
  expect(message("zh-CN", "UNSUPPORTED_FILE_TYPE", { extension: ".txt" })).toBe("不支持的文件类型: .txt");
});

test("what fills a message is not read as a message itself", () => {
  expect(message("en", "MISSING_PARAMETER", { field: "{field} $& $1" })).toBe(
    "{field} $& $1 is missing: send it with the request",
  );
});

const placeholders = (text: string) => text.match(/\{\w+\}/g)?.toSorted() ?? [];

test("every code speaks both languages, about the same things", () => {
  for (const code of errorCodes()) {
    const [english, chinese] = [message("en", code), message("zh-CN", code)];
    expect(chinese, code).toMatch(/\p{Script=Han}/u);
    expect(english, code).not.toMatch(/\p{Script=Han}/u);
    expect(placeholders(chinese), code).toEqual(placeholders(english));
  }
});

/** Nothing but punctuation and what fills it: what stands between other texts. */
const isJoint = (text: string) => !/\p{L}/u.test(text.replaceAll(/\{\w+\}/g, ""));

test("every other text speaks both languages, about the same things", () => {
  const keys = textKeys();
  expect(keys.length).toBeGreaterThan(200);
  for (const key of keys) {
    const [english, chinese] = [message("en", key), message("zh-CN", key)];
    if (!isJoint(english)) expect(chinese, key).toMatch(/\p{Script=Han}/u);
    expect(english, key).not.toMatch(/\p{Script=Han}/u);
    expect(placeholders(chinese), key).toEqual(placeholders(english));
  }
});

test("no text shows a pattern, a constraint in signs, or the words of a library", () => {
  for (const key of [...errorCodes(), ...textKeys()]) {
    const text = message("en", key);
    expect(text, key).not.toMatch(
      /\\[dwspu]|\[\^?[a-z0]-|[<>]=? ?\d|\bexpected\b.*\breceived\b|Invalid input|\bzod\b/i,
    );
  }
});
