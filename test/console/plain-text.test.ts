import { expect, test } from "vitest";
import { plainText } from "../../functions/console/kit/markdown/markdown.ts";

test("Markdown becomes one line of words, without its marks", () => {
  const notes =
    "## What is new\n\n- Opens **large** projects\n- [Faster](https://example.com)\n\nRun `setup`.";
  expect(plainText(notes)).toBe("What is new Opens large projects, Faster Run setup.");
  expect(plainText("Fixes a_b and <b>this</b>")).toBe("Fixes a_b and <b>this</b>");
  expect(plainText("")).toBe("");
});
