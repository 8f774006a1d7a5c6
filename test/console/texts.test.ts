/// <reference types="vite/client" />
import { beforeAll, expect, test, vi } from "vitest";
import type { i18n as I18n } from "../../functions/console/locale/i18n.ts";
import { pages, sections } from "../../functions/console/pages.ts";
import { pretendBrowser } from "../support/console-page.ts";

/** Loads the texts of one area, by its file. */
const areas = import.meta.glob("../../functions/console/**/*texts.ts");

/** By language: the texts of all areas by key. */
let messages: Record<"en" | "zh-CN", Record<string, string>>;
let i18n: typeof I18n;

beforeAll(async () => {
  pretendBrowser("en");
  ({ i18n } = await import("../../functions/console/locale/i18n.ts"));
  for (const load of Object.values(areas)) await load();
  const of = (language: string) => i18n.global.getLocaleMessage(language) as Record<string, string>;
  messages = { en: of("en"), "zh-CN": of("zh-CN") };
});

const placeholders = (text: string) => [...new Set(text.match(/\{\w+\}/g))].toSorted();

test("every text stands in both languages for the same values", () => {
  expect(Object.keys(messages.en).length).toBeGreaterThan(50);
  expect(Object.keys(messages["zh-CN"])).toEqual(Object.keys(messages.en));
  for (const [key, text] of Object.entries(messages.en)) {
    expect([key, placeholders(messages["zh-CN"][key] ?? "")]).toEqual([key, placeholders(text)]);
  }
});

test("every text can be read: what has a meaning of its own in texts is written as such", () => {
  const complaints = vi.spyOn(console, "warn");
  const errors = vi.spyOn(console, "error");
  for (const language of ["en", "zh-CN"] as const) {
    for (const key of Object.keys(messages[language])) {
      expect(i18n.global.t(key, {}, { locale: language }), key).not.toBe("");
    }
  }
  expect(complaints.mock.calls).toEqual([]);
  expect(errors.mock.calls).toEqual([]);
});

test("Chinese texts have the punctuation of Chinese", async () => {
  const halfWide = Object.entries(messages["zh-CN"]).filter(([, text]) =>
    /[\p{Script=Han}}][:;,!?](?=\s|$|[\p{Script=Han}{])/u.test(text),
  );
  expect(halfWide).toEqual([]);
  const sources = import.meta.glob("../../functions/console/**/*.vue", { query: "?raw", import: "default" });
  for (const [path, load] of Object.entries(sources)) {
    // A value after its name is said by `named`, which knows the language's colon.
    expect(await load(), path).not.toMatch(/\}: \$\{|\}\}: |\}\}:$/m);
  }
  const { named } = await import("../../functions/console/kit/texts.ts");
  expect(named("Checks", 3)).toBe("Checks: 3");
});

test("what the registry of pages says can be told apart in both languages", () => {
  for (const language of ["en", "zh-CN"] as const) {
    for (const texts of [pages.map(({ title }) => title), Object.values(sections)]) {
      const said = texts.map((text) => text[language]);
      expect(said).not.toContain("");
      expect(new Set(said).size).toBe(said.length);
    }
  }
  expect(new Set(pages.map(({ name }) => name)).size).toBe(pages.length);
});

test("every page is where the server answers with the console", () => {
  expect(pages.filter(({ path }) => !/^\/(console\/[\w/:()-]+|:path\(\.\*\)\*)?$/.test(path))).toEqual([]);
});
