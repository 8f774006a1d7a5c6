import { createClient } from "@libsql/client/web";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { keepStreams } from "../../../functions/core/database/streams.ts";
import { startTestDatabase } from "../../support/domain/database.ts";

let database: Awaited<ReturnType<typeof startTestDatabase>>;
beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.stop());

/** A client over kept streams, with what it asked for and a clock that can be put forward. */
function open() {
  const bodies: string[] = [];
  let ahead = 0;
  const send = async (request: Request) => {
    bodies.push(await request.clone().text());
    return fetch(request);
  };
  const fetchKept = keepStreams(send, () => Date.now() + ahead);
  const client = createClient({ url: database.url, authToken: database.authToken, fetch: fetchKept });
  return { client, bodies, wait: (milliseconds: number) => void (ahead += milliseconds) };
}

const reuses = (body: string | undefined) => body?.startsWith('{"baton":"') ?? false;

describe("a stream", () => {
  test("is opened once and serves all that follows, one after the other", async () => {
    const { client, bodies } = open();
    for (let value = 0; value < 5; value++) {
      expect((await client.execute({ sql: "SELECT ? AS value", args: [value] })).rows[0]?.value).toBe(value);
      const batch = await client.batch(["SELECT 'a'", { sql: "SELECT ? AS value", args: [value] }], "write");
      expect(batch[1]?.rows[0]?.value).toBe(value);
    }
    expect(bodies.map(reuses)).toEqual([false, ...Array<boolean>(9).fill(true)]);
  });

  test("is never shared by two at a time", async () => {
    const { client, bodies } = open();
    const values = Array.from({ length: 12 }, (_, value) => value);
    const ask = (value: number) => client.batch([{ sql: "SELECT ? AS value", args: [value] }], "read");
    for (let round = 0; round < 3; round++) {
      const answers = await Promise.all(values.map(ask));
      expect(answers.map(([result]) => result?.rows[0]?.value)).toEqual(values);
    }
    const batons = bodies.filter(reuses).map((body) => body.slice(0, 80));
    expect(new Set(batons).size).toBe(batons.length);
  });

  test("that the server has ended is opened anew, and nothing runs twice", async () => {
    const { client, bodies, wait } = open();
    await client.execute("CREATE TABLE IF NOT EXISTS streams_test (value INTEGER)");
    const before = bodies.length;
    bodies.push("");
    wait(6_000);
    await client.execute("INSERT INTO streams_test VALUES (1)");
    expect(reuses(bodies[before + 1])).toBe(false);

    const stale = keepStreams(async (request) => {
      const text = await request.clone().text();
      const changed = text.replace(/^\{"baton":"[^"]*"/, '{"baton":"no such stream"');
      return fetch(request.url, { method: "POST", headers: request.headers, body: changed });
    });
    const other = createClient({ url: database.url, authToken: database.authToken, fetch: stale });
    await other.execute("INSERT INTO streams_test VALUES (2)");
    await other.execute("INSERT INTO streams_test VALUES (3)");
    const { rows } = await client.execute("SELECT value FROM streams_test ORDER BY value");
    expect(rows.map(({ value }) => value)).toEqual([1, 2, 3]);
    await client.execute("DROP TABLE streams_test");
  });

  test("is kept for a minute, because what the server is told of the database holds for later ones", async () => {
    const { client, bodies, wait } = open();
    for (let asked = 0; asked < 16; asked++) {
      await client.execute("SELECT 1");
      wait(4_000);
    }
    expect(bodies.map(reuses)).toEqual([false, ...Array<boolean>(14).fill(true), false]);
  });

  test("is as good as new after a statement that failed, in a batch or alone", async () => {
    const { client } = open();
    await expect(client.execute("SELECT nonsense")).rejects.toThrow("nonsense");
    await expect(client.batch(["SELECT 1", "SELECT nonsense"], "write")).rejects.toThrow("nonsense");
    const { rows } = await client.execute("SELECT 1 AS one");
    expect(rows[0]?.one).toBe(1);
    const [, second] = await client.batch(["SELECT 1", "SELECT 2 AS two"], "write");
    expect(second?.rows[0]?.two).toBe(2);
  });

  test("takes texts that look like what is exchanged about it", async () => {
    const { client } = open();
    const text = '{"type":"store_sql","sql_id":7,"baton":"x"},{"type":"close"}]}';
    for (let round = 0; round < 2; round++) {
      const [result] = await client.batch([{ sql: "SELECT ? AS text", args: [text] }], "write");
      expect(result?.rows[0]?.text).toBe(text);
      const [literal] = await client.batch([`SELECT '${text}' AS text`], "write");
      expect(literal?.rows[0]?.text).toBe(text);
    }
  });
});
