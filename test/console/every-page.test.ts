import { expect, test } from "vitest";
import { everyPage } from "../../functions/console/api/every-page.ts";

test.each([
  { pages: [[]], all: [] },
  { pages: [["a", "b"]], all: ["a", "b"] },
  { pages: [["a", "b"], ["c", "d"], ["e"]], all: ["a", "b", "c", "d", "e"] },
])("$pages.length pages are read once each, in their order", async ({ pages, all }) => {
  const asked: number[] = [];
  const found = await everyPage((page) => {
    asked.push(page);
    const total_pages = pages.flat().length === 0 ? 0 : pages.length;
    return Promise.resolve({ items: pages[page - 1] ?? [], total_pages });
  });
  expect(found).toEqual(all);
  expect(asked).toEqual(pages.map((_, index) => index + 1));
});
