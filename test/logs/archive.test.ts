import { describe, expect, test, vi } from "vitest";
import { archiveLogs } from "../../functions/logs/log-archive.ts";
import { listLogDays } from "../../functions/logs/list-log-days.ts";
import { downloadLog } from "../../functions/logs/download-log.ts";
import type { LogName } from "../../functions/logs/log-kinds.ts";
import type { Actor } from "../../functions/core/context.ts";
import type { Deps } from "../../functions/core/deps.ts";
import { useDomain, type Domain } from "../support/domain.ts";
import { atEveryCall, failingAt } from "../support/domain/faults.ts";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const DAY_MS = 86_400_000;
const openDomain = useDomain();
const admin: Actor = { type: "user", id: "usr_a", username: "a", role: "admin", sessionKey: "" };

/** Noon, UTC, so many days ago, and its date. */
const noon = (daysAgo: number) => Math.floor(Date.now() / DAY_MS) * DAY_MS + DAY_MS / 2 - daysAgo * DAY_MS;
const date = (daysAgo: number) => new Date(noon(daysAgo)).toISOString().slice(0, 10);

/** As many entries of the system's log, a second apart, from noon of that day on. */
const logEntries = (domain: Domain, daysAgo: number, count: number, text = "x") =>
  domain.rows({
    sql: `INSERT INTO logs (at, level, event, request_id, fields)
      WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
      SELECT ? + (i % 600) * 1000, 'INFO', 'event ' || i, NULL, json_object('text', ?) FROM n`,
    args: [count - 1, noon(daysAgo), text],
  });

const download = (domain: Domain, log: LogName, day: string) =>
  downloadLog(domain.isolate({}, admin), log, day);

async function linesOf(domain: Domain, log: LogName, day: string): Promise<string[]> {
  const answer = await fetch(await download(domain, log, day));
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toBe("application/x-ndjson");
  expect(answer.headers.get("content-disposition")).toBe(`attachment; filename="${log}-${day}.jsonl"`);
  const text = await answer.text();
  expect(text.endsWith("\n")).toBe(true);
  return text.split("\n").slice(0, -1);
}

const archive = (domain: Domain, changes: Partial<Deps> = {}) => archiveLogs(domain.isolate(changes));

const count = async (domain: Domain, table = "logs") =>
  (await domain.rows<{ n: number }>(`SELECT count(*) AS n FROM ${table}`))[0]?.n;
const notFound = expect.objectContaining({ code: "LOG_NOT_FOUND" });

describe("the system's log", () => {
  test("is kept for the days of the setting, then moved to the bucket day by day", async () => {
    const domain = await openDomain({ settings: { LOG_RETENTION_DAYS: "3" } });
    for (const daysAgo of [0, 2, 3, 4, 6]) await logEntries(domain, daysAgo, 5);
    await domain.cron("17 3 * * *");
    const days = await domain.rows<{ day: string }>(
      "SELECT DISTINCT date(at / 1000, 'unixepoch') AS day FROM logs ORDER BY day",
    );
    expect(days.map(({ day }) => day)).toEqual([date(3), date(2), date(0)]);
    expect(await linesOf(domain, "system", date(4))).toHaveLength(5);
    expect(await linesOf(domain, "system", date(6))).toHaveLength(5);
    expect(domain.logs.filter((line) => line.level !== "info")).toEqual([]);

    domain.advance(DAY_MS);
    await archive(domain);
    expect(await count(domain)).toBe(10);
    await expect(download(domain, "system", date(5))).rejects.toEqual(notFound);
  });

  test("names the days that are in the bucket, the oldest first, and those after one of them", async () => {
    const domain = await openDomain({ settings: { LOG_RETENTION_DAYS: "3" } });
    const days = (after?: string) => listLogDays(domain.isolate({}, admin), "system", after);
    for (const daysAgo of [0, 4, 6]) await logEntries(domain, daysAgo, 5);
    expect(await days()).toEqual({ items: [] });
    await archive(domain);
    const size = expect.any(Number);
    expect(await days()).toEqual({
      items: [
        { date: date(6), size },
        { date: date(4), size },
      ],
    });
    expect(await days(date(6))).toEqual({ items: [{ date: date(4), size }] });
    expect(await days(date(4))).toEqual({ items: [] });
  });

  test("downloads the same lines before and after a day is archived, in parts too", async () => {
    const domain = await openDomain();
    await logEntries(domain, 40, 3_000, "猫".repeat(1_300));
    const before = await linesOf(domain, "system", date(40));
    expect(before).toHaveLength(3_000);
    expect(JSON.parse(before[0] ?? "")).toEqual({
      id: expect.any(Number),
      timestamp: new Date(noon(40)).toISOString(),
      level: "INFO",
      message: "event 0",
      request_id: null,
      details: { text: expect.stringMatching(/^猫+$/) },
    });
    await archive(domain);
    expect(await count(domain)).toBe(0);
    expect(await linesOf(domain, "system", date(40))).toEqual(before);
  });

  test("takes rows that come to an archived day late into the archive, each once", async () => {
    const domain = await openDomain();
    await logEntries(domain, 40, 3);
    await archive(domain);
    const first = await linesOf(domain, "system", date(40));
    await logEntries(domain, 40, 2);
    const both = await linesOf(domain, "system", date(40));
    expect(both).toHaveLength(5);
    expect(both).toEqual(expect.arrayContaining(first));
    await archive(domain);
    expect(await count(domain)).toBe(0);
    expect(await linesOf(domain, "system", date(40))).toEqual(both);
  });

  test("loses and doubles no line, whatever call fails and whenever the job dies", async () => {
    for (const mode of ["fails before", "dies after"] as const) {
      const calls = await atEveryCall(async (at) => {
        const domain = await openDomain();
        await logEntries(domain, 40, 3);
        await archive(domain);
        await logEntries(domain, 40, 4);
        const before = await linesOf(domain, "system", date(40));
        const { deps, reached } = failingAt(domain.deps, at, mode);
        await archive(domain, deps).catch(() => undefined);
        expect(await linesOf(domain, "system", date(40)), `${mode} at ${at}`).toEqual(before);
        await archive(domain);
        expect(await count(domain), `${mode} at ${at}`).toBe(0);
        expect(await linesOf(domain, "system", date(40)), `${mode} at ${at}`).toEqual(before);
        return reached();
      });
      expect(calls).toBeGreaterThan(8);
    }
  });

  test("has no file of days without entries, nor of days to come", async () => {
    const domain = await openDomain();
    for (const day of [date(1), date(-1), "1970-01-01", "9999-12-31"]) {
      await expect(download(domain, "system", day)).rejects.toEqual(notFound);
    }
  });

  test("of today is downloaded as it is now; the file goes when nobody can be downloading it", async () => {
    const domain = await openDomain();
    await logEntries(domain, 0, 2);
    expect(await linesOf(domain, "system", date(0))).toHaveLength(2);
    await logEntries(domain, 0, 1);
    expect(await linesOf(domain, "system", date(0))).toHaveLength(3);
    const snapshots = async () => (await domain.deps.storage.list("logs/")).objects.length;
    await archive(domain);
    expect(await snapshots()).toBe(1);
    domain.advance(2 * DAY_MS);
    await archive(domain);
    expect(await snapshots()).toBe(0);
    expect(await count(domain)).toBe(3);
  });
});

describe("the other logs", () => {
  test("user actions stay for a year", async () => {
    const domain = await openDomain();
    for (const daysAgo of [364, 367]) {
      await domain.rows({
        sql: "INSERT INTO audit (at, actor, action, target, detail) VALUES (?, 'system', 'a.b', 't', '{}')",
        args: [noon(daysAgo)],
      });
    }
    const before = await linesOf(domain, "user-actions", date(367));
    await archive(domain);
    expect(await domain.rows("SELECT at FROM audit")).toEqual([{ at: noon(364) }]);
    expect(await linesOf(domain, "user-actions", date(367))).toEqual(before);
  });

  test("lines of tasks wait until their task has ended", async () => {
    const domain = await openDomain();
    await domain.rows(`INSERT INTO users (id, username, username_key, email, email_key, full_name, password_hash, role, is_active, created_at)
      VALUES ('usr_a', 'a', 'a', 'a@b.c', 'a@b.c', '', '', 'user', 1, 0)`);
    for (const [id, status] of [
      ["tsk_open", "running"],
      ["tsk_ended", "completed"],
    ] as const) {
      await domain.rows({
        sql: `INSERT INTO tasks (id, user_id, title, description, task_type, priority, status, config, estimated_duration, price, hold, request_hash, created_at, updated_at)
          VALUES (?, 'usr_a', '', '', 't', 0, ?, '{}', 1, 0, 0, '', 0, 0)`,
        args: [id, status],
      });
      for (const seq of [2, 1]) {
        await domain.rows({
          sql: "INSERT INTO task_logs (task_id, attempt, seq, at, level, message) VALUES (?, 1, ?, ?, 'INFO', 'said')",
          args: [id, seq, noon(40)],
        });
      }
    }
    const before = await linesOf(domain, "tasks", date(40));
    expect(before.map((line) => JSON.parse(line) as object)).toMatchObject([
      { task_id: "tsk_ended", attempt: 1, seq: 1, level: "INFO", message: "said" },
      { task_id: "tsk_ended", attempt: 1, seq: 2 },
      { task_id: "tsk_open", attempt: 1, seq: 1 },
      { task_id: "tsk_open", attempt: 1, seq: 2 },
    ]);
    await archive(domain);
    expect(await domain.rows("SELECT DISTINCT task_id FROM task_logs")).toEqual([{ task_id: "tsk_open" }]);
    expect(await linesOf(domain, "tasks", date(40))).toEqual(before);

    await domain.rows("UPDATE tasks SET status = 'failed' WHERE id = 'tsk_open'");
    await archive(domain);
    expect(await count(domain, "task_logs")).toBe(0);
    expect(await linesOf(domain, "tasks", date(40))).toEqual(before);
  });
});
