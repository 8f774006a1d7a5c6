import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { names } from "../../scripts/pack/names.ts";
import { tarballOf } from "../../scripts/pack/package-folder.ts";
import { allPages } from "../../scripts/tables/pages.ts";

test("pages call the packages as they are called, in the version that they have", () => {
  const called = allPages().flatMap(
    (page) => readFileSync(page, "utf8").match(/[\w-]+-\d[\w.-]*\.tgz/g) ?? [],
  );
  expect(new Set(called)).toEqual(new Set(Object.values(names).map(tarballOf)));
});

test("no page has npx run a name where there is no clone to find it in", () => {
  for (const page of [
    "scripts/pack/README.md",
    "scripts/pack/cli/README.md",
    "scripts/pack/server/README.md",
  ]) {
    const run = readFileSync(page, "utf8").match(/^npx (?!\.\/).*$/gm);
    expect(run, page).toBeNull();
  }
});
