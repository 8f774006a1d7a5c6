import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { statementsOf } from "../../../functions/core/database/batch.ts";
import { ConstraintError, createDatabase, type Database } from "../../../functions/core/database/database.ts";
import { jobs } from "../../../schema/core.ts";
import { startTestDatabase, type TestDatabase } from "../../support/domain/database.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let server: TestDatabase;
let db: Database;

beforeAll(async () => {
  server = await startTestDatabase();
});
afterAll(() => server.stop());
beforeEach(async () => {
  await server.empty();
  db = createDatabase({ url: server.url, authToken: server.authToken });
});

const job = (name: string) => ({ name, leaseUntil: 0 });

test("answers come under the names of the statements, in batches within the batch too", async () => {
  const answers = await db.write((q) => ({
    made: q.insert(jobs).values(job("a")).returning({ name: jobs.name }),
    inner: {
      renamed: q.update(jobs).set({ name: "b" }).where(eq(jobs.name, "a")).returning({ name: jobs.name }),
      none: undefined,
    },
    listed: [q.select({ name: jobs.name }).from(jobs), q.select({ until: jobs.leaseUntil }).from(jobs)],
    last: q.select({ name: jobs.name }).from(jobs),
  }));
  expect(answers).toEqual({
    made: [{ name: "a" }],
    inner: { renamed: [{ name: "b" }], none: undefined },
    listed: [[{ name: "b" }], [{ until: 0 }]],
    last: [{ name: "b" }],
  });
});

test("a refusal is the error, or the word, that its constraint stands for; nothing is written", async () => {
  const twice = (q: Parameters<Parameters<Database["write"]>[0]>[0]) => ({
    first: q.insert(jobs).values(job("a")),
    second: q.insert(jobs).values(job("a")),
  });
  await expect(db.write(twice, { "jobs.name": "NOT_FOUND" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(db.write(twice)).rejects.toThrow(ConstraintError);
  await expect(db.write(twice, { "jobs.holder": "NOT_FOUND" })).rejects.toThrow(ConstraintError);
  expect(await db.tryWrite(twice, { "jobs.name": "there" })).toMatchObject({ refused: "there" });
  expect(await server.rows("SELECT name FROM jobs")).toEqual([]);
});

test("names that would not keep their order are refused", () => {
  expect(() => statementsOf({ 1: [] })).toThrow("named 1");
});
