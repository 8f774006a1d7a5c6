import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { allPages, deadLinks, deadPaths, ROOT, withTable } from "./tables/pages.ts";
import { settingTable, stackSettingTable } from "./tables/settings.ts";
import { urlTable } from "./tables/urls.ts";

/** Tables in pages that are made from the code, by page and by the name between the table's markers. */
const tables: Record<string, Record<string, () => string>> = {
  "functions/README.md": { urls: urlTable },
  "functions/SETTINGS.md": { settings: settingTable, "stack settings": stackSettingTable },
};

const isCheck = process.argv.includes("--check");
const problems: string[] = [];

for (const [path, named] of Object.entries(tables)) {
  const file = join(ROOT, path);
  const page = readFileSync(file, "utf8");
  let text = page;
  for (const [name, table] of Object.entries(named)) text = withTable(text, name, table());
  if (text === page) continue;
  if (isCheck)
    problems.push(`${path}: its tables are not what the code says; run \`npm run tables\` and commit it`);
  else {
    writeFileSync(file, text);
    process.stdout.write(`Wrote the tables of ${path}\n`);
  }
}
for (const page of allPages()) {
  problems.push(...deadLinks(page).map((link) => `${page}: nothing is at ${link}`));
  problems.push(...deadPaths(page).map((path) => `${page}: there is no ${path}`));
}
for (const problem of problems) process.stderr.write(`${problem}\n`);
if (problems.length > 0) process.exitCode = 1;
