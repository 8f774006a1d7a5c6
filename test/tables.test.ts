import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { deadLinks, deadPaths, tableOf, withTable } from "../scripts/tables/pages.ts";

test("a table takes the place of what stands between its markers, and of nothing else", () => {
  const page = "# Title\n\n<!-- table: one -->\nold\n<!-- end of table: one -->\n\nThe end\n";
  const table = tableOf(["a", "b"], [["1", "2 | 3"]]);
  const written = withTable(page, "one", table);
  expect(written).toBe(
    "# Title\n\n<!-- table: one -->\n\n| a | b |\n|---|---|\n| 1 | 2 \\| 3 |\n\n<!-- end of table: one -->\n\nThe end\n",
  );
  expect(withTable(written, "one", table)).toBe(written);
  expect(() => withTable(page, "two", table)).toThrow("<!-- table: two -->");
});

describe("a page", () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "slipway-pages-"));
    mkdirSync(join(root, "folder"));
    writeFileSync(join(root, "folder/there.md"), "# A heading, `with code`\n");
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const page = (text: string) => writeFileSync(join(root, "folder/page.md"), text);

  test("has its links to what is not there told", () => {
    page(
      "[a](there.md) [b](../folder/there.md#a-heading-with-code) [c](https://example.com) [d](gone.md)\n" +
        "[e](there.md#no-heading) `[f](code.md)`\n```\n[g](block.md)\n```\n",
    );
    expect(deadLinks("folder/page.md", root)).toEqual(["gone.md", "there.md#no-heading"]);
  });

  test("has the files that it names, and that are not there, told", () => {
    page(
      "`folder/there.md`, `folder/gone.ts`, `there.md`, `GET /a/b.json`, `dist/*.js`\n```\n`folder/x.ts`\n```\n",
    );
    expect(deadPaths("folder/page.md", root)).toEqual(["folder/gone.ts"]);
  });
});
