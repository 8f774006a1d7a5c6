import { expect, test } from "vitest";
import { newKey, newName } from "./archives.ts";
import { asAdmin, dataOf, expectRefusal, publish, stack, type Plugin, type Result } from "./plugins.ts";

type Found = { items: Plugin[]; total: number; page: number; total_pages: number };

const search = (query: Record<string, string>) =>
  stack.request<Result<Found>>(`/api/plugins/search?${new URLSearchParams(query)}`);

async function namesOf(query: Record<string, string>) {
  const { items, total } = dataOf(await search(query));
  return { names: items.map(({ name }) => name), total };
}

test("plugins are found by part of a name or of the author, in pages", async () => {
  const key = newKey();
  const [first, second] = [newName(), newName()].toSorted() as [string, string];
  const author = `Ana_${key}`;
  await publish(key, { name: first, author });
  await publish(key, { name: second, author, displayName: "100% of it" });

  expect(await namesOf({ search: author.toUpperCase() })).toEqual({ names: [first, second], total: 2 });
  expect(await namesOf({ search: author, page_size: "1", page: "2" })).toEqual({ names: [second], total: 2 });
  expect((await namesOf({ search: first.slice(3) })).names).toEqual([first]);
  // `_` and `%` stand for themselves.
  expect(await namesOf({ search: author.replace("_", "%") })).toEqual({ names: [], total: 0 });
  expect((await namesOf({ search: "100% of" })).names).toContain(second);
});

test("plugins are found by their state", async () => {
  const key = newKey();
  const names = [newName(), newName(), newName()].toSorted() as [string, string, string];
  const author = `Of ${key}`;
  for (const name of names) await publish(key, { name, author });
  dataOf(await asAdmin("disable", { name: names[0] }));
  dataOf(await asAdmin("deprecate", { name: names[1] }));
  expect((await namesOf({ search: author, state: "disabled" })).names).toEqual([names[0]]);
  expect((await namesOf({ search: author, state: "deprecated" })).names).toEqual([names[1]]);
  expect((await namesOf({ search: author, state: "enabled" })).names).toEqual([names[2]]);
});

test("plugins are found by what their current versions need", async () => {
  const key = newKey();
  const [library, user, former] = [newName(), newName(), newName()];
  await publish(key, { name: library });
  await publish(key, { name: user, dependencies: { [library]: "^1.0.0" } });
  await publish(key, { name: former, dependencies: { [library]: "^1.0.0" } });
  await publish(key, { name: former, version: "2.0.0" });
  expect(await namesOf({ depends_on: library })).toEqual({ names: [user], total: 1 });
  expect(await namesOf({ depends_on: user })).toEqual({ names: [], total: 0 });
});

test("a search that makes no sense is refused", async () => {
  const bad: Record<string, string>[] = [
    { state: "new" },
    { page: "0" },
    { page_size: "101" },
    { search: " " },
  ];
  for (const query of bad) expectRefusal(await search(query), 422);
});
