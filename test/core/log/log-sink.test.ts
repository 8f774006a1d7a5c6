import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createApp } from "../../../functions/app.ts";
import { createDatabase } from "../../../functions/core/database/database.ts";
import { createLogSink, writeLogs, type LogEntry } from "../../../functions/core/log/log-sink.ts";
import { createLogger } from "../../../functions/core/log/logger.ts";
import { useDomain, type Domain } from "../../support/domain.ts";
import { startDatabaseProxy } from "../../support/domain/database-proxy.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const refused = { request_id: "req_1", method: "GET", path: "/api/admin/stats", query: {}, ms: 1 };

describe("in memory", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function collecting() {
    const written: LogEntry[][] = [];
    const state = { away: false };
    const sink = createLogSink(async (entries) => {
      if (state.away) throw new Error("the database is away");
      written.push(entries);
    }, Date.now);
    const background: Promise<unknown>[] = [];
    const look = () => sink.flushSoon((work) => void background.push(work));
    return { sink, written, state, background, look };
  }
  const events = (written: LogEntry[][]) => written.flat().map((entry) => entry.event);

  test("a burst becomes one write a second later", async () => {
    const { sink, written, background, look } = collecting();
    for (const event of ["one", "two", "three"]) {
      sink.keep("INFO", event, { request_id: "req_1", n: 1 });
      look();
    }
    expect(background).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1000);
    expect(written).toHaveLength(1);
    expect(events(written)).toEqual(["one", "two", "three"]);
    expect(written[0]?.[0]).toEqual({
      at: expect.any(Number),
      level: "INFO",
      event: "one",
      requestId: "req_1",
      fields: `{"n":1}`,
    });
    expect(sink.waiting).toBe(0);
  });

  test("of too many the oldest are dropped, and their count is told", async () => {
    const { sink, written } = collecting();
    for (let n = 0; n < 1_200; n++) sink.keep("INFO", `event ${n}`, {});
    expect(sink.waiting).toBe(1000);
    await sink.flush();
    const all = events(written);
    expect(all).toContain("event 200");
    expect(all).toContain("event 1199");
    expect(all).not.toContain("event 199");
    expect(written.flat().find((entry) => entry.event === "log entries dropped")?.fields).toBe(
      `{"count":200}`,
    );
  });

  test("a large entry is cut, and is still JSON", async () => {
    const { sink, written } = collecting();
    sink.keep("INFO", "e".repeat(10_000), { text: `"\u0001猫`.repeat(5_000) });
    await sink.flush();
    const [entry] = written.flat();
    expect(entry?.event.length).toBeLessThanOrEqual(200);
    const [, kept = "", missing] = /^(e+)… \(\+(\d+) characters\)$/.exec(entry?.event ?? "") ?? [];
    expect(kept.length + Number(missing)).toBe(10_000);
    expect(Buffer.byteLength(entry?.fields ?? "")).toBeLessThanOrEqual(4096);
    expect(JSON.parse(entry?.fields ?? "")).toEqual({
      truncated: expect.stringMatching(/^\{"text".*… \(\+\d+ characters\)$/s),
    });
  });

  test("what cannot be written waits, and requests leave the database alone for a while", async () => {
    const { sink, written, state, background, look } = collecting();
    state.away = true;
    sink.keep("ERROR", "first", {});
    for (let failures = 0; failures < 4; failures++) await sink.flush();
    look();
    expect(background).toHaveLength(0);
    expect(sink.waiting).toBe(1);

    state.away = false;
    sink.keep("ERROR", "second", {});
    await vi.advanceTimersByTimeAsync(8_000);
    look();
    expect(background).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(events(written)).toEqual(["first", "second"]);
  });

  test("what came while a write was failing stands behind what it was to write", async () => {
    const written: LogEntry[][] = [];
    let fail = () => {};
    let calls = 0;
    const sink = createLogSink(async (entries) => {
      if (calls++ === 0) await new Promise((_, reject) => (fail = () => reject(new Error("away"))));
      written.push(entries);
    }, Date.now);
    sink.keep("INFO", "early", {});
    const failing = sink.flush();
    sink.keep("INFO", "late", {});
    const waiting = sink.flush();
    fail();
    await failing;
    await vi.advanceTimersByTimeAsync(100);
    await waiting;
    expect(events(written)).toEqual(["early", "late"]);
  });

  test("requests that were refused are kept, some of them a minute; served ones are not", async () => {
    const { sink, written } = collecting();
    for (const status of [200, 302, 404, 422]) sink.keepRefusal({ ...refused, status });
    expect(sink.waiting).toBe(0);
    for (const status of [500, 503, 507]) sink.keepRefusal({ ...refused, status });
    for (let n = 0; n < 500; n++) sink.keepRefusal({ ...refused, status: 401 });
    await sink.flush();
    const levels = written.flat().map((entry) => entry.level);
    expect(levels.filter((level) => level === "ERROR")).toHaveLength(1);
    expect(levels.filter((level) => level === "WARNING")).toHaveLength(60);
    await vi.advanceTimersByTimeAsync(60_000);
    sink.keepRefusal({ ...refused, status: 429 });
    expect(sink.waiting).toBe(1);
  });
});

const openDomain = useDomain();

/** An isolate whose logger writes into the database, as the Worker's does. */
function logging(domain: Domain, url = domain.deps.config.LIBSQL_URL) {
  const db = createDatabase({ url, authToken: domain.deps.config.LIBSQL_AUTH_TOKEN });
  const logSink = createLogSink((entries) => writeLogs(db, entries), domain.deps.clock);
  const lines: string[] = [];
  const log = createLogger((line) => lines.push(line), logSink);
  return { ctx: domain.isolate({ log, logSink }), log, logSink, lines };
}

type Row = { level: string; event: string; request_id: string | null; fields: string };
const stored = (domain: Domain) =>
  domain.rows<Row>("SELECT level, event, request_id, fields FROM logs ORDER BY id");

describe("in the database", () => {
  test("entries stand in their order, with their levels, redacted as on the console", async () => {
    const domain = await openDomain();
    const { log, logSink, lines } = logging(domain);
    log.info("began", { n: 1, name: `猫 "quoted" \\ %` });
    log.warn("went on", { request_id: "req_2", api_key: "hunter2-hunter2" });
    log.error("failed", { error: new Error("GET https://s3.example/?X-Amz-Signature=hunter2-hunter2") });
    log.request({ ...refused, path: "/?token=hunter2-hunter2", status: 401 });
    log.request({ ...refused, status: 200 });
    await logSink.flush();
    const rows = await stored(domain);
    expect(rows.map(({ level, event, request_id }) => [level, event, request_id])).toEqual([
      ["INFO", "began", null],
      ["WARNING", "went on", "req_2"],
      ["ERROR", "failed", null],
      ["WARNING", "request refused", "req_1"],
    ]);
    expect(JSON.parse(rows[0]?.fields ?? "")).toEqual({ n: 1, name: `猫 "quoted" \\ %` });
    expect(rows.map((row) => row.fields).join()).not.toContain("hunter2");
    expect(lines.join()).not.toContain("hunter2");
  });

  test("a full buffer is written whole", async () => {
    const domain = await openDomain();
    const { log, logSink } = logging(domain);
    for (let n = 0; n < 1_000; n++) log.info(`event ${n}`, { text: "x".repeat(4_000) });
    await logSink.flush();
    expect((await stored(domain)).map((row) => row.event)).toEqual(
      Array.from({ length: 1_000 }, (_, n) => `event ${n}`),
    );
  });

  test("cron writes what the isolate has, also what the tick itself said", async () => {
    const domain = await openDomain();
    const { log, logSink } = logging(domain);
    log.info("before the tick");
    await domain.cron("0 0 1 1 *", { log, logSink });
    expect((await stored(domain)).map((row) => row.event)).toEqual([
      "before the tick",
      "unknown cron expression",
    ]);
  });

  test("a database that never answers neither fails nor delays a request", async () => {
    const domain = await openDomain();
    const proxy = await startDatabaseProxy(domain.deps.config.LIBSQL_URL);
    try {
      proxy.plan("silent");
      const { ctx, log, logSink } = logging(domain, proxy.url);
      log.error("something to write");
      let writing: Promise<unknown> | undefined;
      const execution = {
        waitUntil: (work: Promise<unknown>) => void (writing = work),
        passThroughOnException: () => {},
        props: {},
      };
      const app = createApp(ctx.deps);
      const ask = () => app.request("/nowhere", {}, {}, execution);
      expect((await ask()).status).toBe(404);
      await vi.waitFor(() => expect(proxy.bodies).toHaveLength(1), { timeout: 5_000 });
      expect((await ask()).status).toBe(404);
      expect(await stored(domain)).toEqual([]);
      await proxy.stop();
      await writing;
      expect(logSink.waiting).toBe(1);
    } finally {
      await proxy.stop().catch(() => undefined);
    }
  });
});
