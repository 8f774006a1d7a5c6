import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const FOLDER = fileURLToPath(new URL("contracts", import.meta.url));

/** A row's reference to a test: the file, and the test's name as the file has it. */
const REFERENCE = /\[([^\]]+\.test\.ts)\]\(\.\.\/\1\): (.+)/;

const pages = readdirSync(FOLDER).filter((name) => /^\d-.*\.md$/.test(name));

test.each(pages)("every test that %s names is there", (page) => {
  const rows = readFileSync(`${FOLDER}/${page}`, "utf8")
    .split("\n")
    .filter((line) => line.startsWith("| ") && !line.startsWith("| line |"));
  const cells = rows.map((row) => row.split(" | ").slice(1).join(" | ").replace(/ \|$/, ""));
  expect(cells.length).toBeGreaterThan(20);
  const missing = cells
    .flatMap((cell) => cell.split("<br>"))
    .flatMap((named) => {
      const [, file = "", name = ""] = REFERENCE.exec(named) ?? [];
      if (file === "") return /\*\*no test yet\*\*|^open: |no test$/.test(named) ? [] : [named];
      return readFileSync(`${FOLDER}/../${file}`, "utf8").includes(name) ? [] : [`${file}: ${name}`];
    });
  expect(missing).toEqual([]);
});
