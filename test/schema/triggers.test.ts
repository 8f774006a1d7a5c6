import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { startTestDatabase, type TestDatabase } from "../support/domain/database.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const fileOf = (name: string) => readFile(new URL(`../../schema/${name}`, import.meta.url), "utf8");

/** A reason of its own directly above each trigger. */
const EXPLAINED = /((?:^-- .*\n)+)(CREATE TRIGGER `(\w+)` [\s\S]*?^END);$/gm;

let server: TestDatabase;
beforeAll(async () => {
  server = await startTestDatabase();
});
afterAll(() => server.stop());

test("triggers.sql has every trigger of the migrated database as it is there, with its reason, and no other", async () => {
  const text = await fileOf("triggers.sql");
  const explained = [...text.matchAll(EXPLAINED)].map(([, , sql, name]) => ({ name, sql }));
  const made = await server.rows("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'");
  expect(byName(explained)).toEqual(byName(made));
  expect(explained).toHaveLength(text.match(/CREATE TRIGGER/g)?.length ?? 0);
  expect(explained.length).toBeGreaterThan(0);
});

test("README.md names every trigger", async () => {
  const text = await fileOf("README.md");
  const made = await server.rows<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'trigger'");
  expect(made.map(({ name }) => name).filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
});

function byName(triggers: Record<string, unknown>[]): Record<string, string> {
  return Object.fromEntries(
    triggers.map(({ name, sql }) => [String(name), String(sql).replace(/\s+/g, " ")]),
  );
}
