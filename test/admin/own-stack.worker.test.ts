import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { bearer, isSignedIn, newAccount, newName, PASSWORD, type Account } from "../support/accounts.ts";
import { execute } from "../support/behind.ts";
import { ownStack } from "../support/own-stack.ts";
import {
  asking,
  expectComputeError,
  expectFieldErrors,
  type Data,
  type Entry,
  type Page,
  type User,
} from "./requests.ts";

/** What these tests change is of the whole service, and its data outlive a stop. */
const folder = mkdtempSync(join(tmpdir(), "slipway-admin-"));
afterAll(() => rm(folder, { recursive: true, force: true }));

const today = () => new Date().toISOString().slice(0, 10);
/** What the log has to keep until the stack runs again. */
const remembered = { requestId: "", secret: `hunter2-${newName()}` };

/** What an agent reports that has nothing to do. */
const idleAgent = {
  name: "agent",
  version: "1.0.0",
  cpu_usage: 1,
  memory_usage: 1,
  total_memory: 8,
  used_memory: 1,
  gpus: [],
  running_tasks: [],
  max_concurrent_tasks: 4,
  timestamp: "2026-01-01T00:00:00Z",
};

describe("a running service", () => {
  const stackOf = ownStack({ DATA_DIR: folder });
  let admin: Account;
  const { get, put } = asking(stackOf, () => admin);
  beforeAll(async () => {
    admin = await newAccount(stackOf(), "admin");
  });

  /** A request that is refused, and its id. */
  async function refusedRequest(path = "/api/admin/stats", token?: string) {
    const account = token ? undefined : await newAccount(stackOf());
    const headers = bearer(token ?? account?.token ?? "");
    const answer = await stackOf().request(path, { headers });
    return { status: answer.status, requestId: answer.headers.get("x-request-id") ?? "" };
  }
  const system = (query: string) => get<Page<Entry>>(`/api/logs/system?${query}`);

  describe("configuration", () => {
    const defaults = {
      max_concurrent_tasks_per_user: 5,
      default_task_timeout: 3600,
      maintenance_mode: false,
      price_per_minute: 0.1,
      lease_seconds: 300,
      poll_interval_seconds: 60,
      log_retention_days: 30,
      storage_quota_bytes: 42_949_672_960,
      max_package_bytes: 53_687_091_200,
      keep_full: 3,
      keep_patch: 10,
      keep_hotfix: 20,
      allow_private_webhooks: true,
    };

    test("shows every setting, changes any of them, and says who did", async () => {
      expect((await get("/api/admin/config")).body.data).toEqual(defaults);
      const contract = {
        max_concurrent_tasks_per_user: 5,
        default_task_timeout: 3600,
        maintenance_mode: false,
      };
      expect((await put("/api/admin/config", contract)).body.data).toEqual(defaults);
      const changed = await put("/api/admin/config", { default_task_timeout: 60 });
      expect(changed.body.data).toEqual({ ...defaults, default_task_timeout: 60 });
      expect((await get("/api/admin/config")).body.data).toEqual({ ...defaults, default_task_timeout: 60 });
      expect((await put("/api/admin/config", {})).status).toBe(200);
      const sentBack = await put("/api/admin/config", { price_per_minute: 2, nonsense: 1 });
      expect(sentBack.body.data).toEqual(changed.body.data);
      const { body } = await get<Page<{ details: unknown; action: string }>>(
        "/api/logs/user-actions?action=config.update",
      );
      expect(body.data.items.map((item) => item.details)).toEqual([{ default_task_timeout: 60 }, contract]);
    });

    test("refuses values that are none, and then changes nothing", async () => {
      const refused = async (json: unknown, ...fields: string[]) =>
        expectFieldErrors(await put("/api/admin/config", json), ...fields);
      const before = (await get("/api/admin/config")).body.data;
      await refused({ max_concurrent_tasks_per_user: 0 }, "max_concurrent_tasks_per_user");
      await refused(
        { max_concurrent_tasks_per_user: 1.5, default_task_timeout: "60", maintenance_mode: "true" },
        "max_concurrent_tasks_per_user",
        "default_task_timeout",
        "maintenance_mode",
      );
      await refused({ default_task_timeout: "soon" }, "default_task_timeout");
      await refused([], "body");
      expect((await get("/api/admin/config")).body.data).toEqual(before);
    });

    test("in maintenance users can read and sign in, and change nothing; administrators can", async () => {
      const user = await newAccount(stackOf());
      const tasks = (account: Account) => stackOf().request("/api/tasks", { headers: bearer(account.token) });
      const create = (account: Account) =>
        stackOf().request("/api/tasks", {
          json: { title: "t", task_type: "t", estimated_duration: 1 },
          headers: bearer(account.token),
        });
      await put(`/api/admin/users/${user.id}`, { balance: 100 });
      await put(`/api/admin/users/${admin.id}`, { balance: 100 });
      await put("/api/admin/config", { maintenance_mode: true });
      expectComputeError(await create(user), 503, "SERVER_UNAVAILABLE");
      expect((await tasks(user)).status).toBe(200);
      expect(await isSignedIn(stackOf(), user.token)).toBe(true);
      const again = await stackOf().request("/api/auth/login", {
        json: { username: user.username, password: PASSWORD },
      });
      expect(again.status, again.text).toBe(200);
      const own = await create(admin);
      expect(own.status).toBe(200);
      await put("/api/admin/config", { maintenance_mode: false });
      const { id } = (own.body as Data<{ id: string }>).data;
      // Other tests here count all tasks.
      await stackOf().request(`/api/tasks/${id}/cancel`, { method: "POST", headers: bearer(admin.token) });
      const gone = { method: "DELETE", headers: bearer(admin.token) };
      expect((await stackOf().request(`/api/tasks/${id}`, gone)).status).toBe(200);
    });

    test("the limit on a user's tasks and their time-out act", async () => {
      const user = await newAccount(stackOf());
      await put(`/api/admin/users/${user.id}`, { balance: 100 });
      await put("/api/admin/config", { max_concurrent_tasks_per_user: 1, default_task_timeout: 77 });
      const create = () =>
        stackOf().request("/api/tasks", {
          json: { title: "t", task_type: "t", estimated_duration: 1 },
          headers: bearer(user.token),
        });
      expect((await create()).status).toBe(200);
      expectComputeError(await create(), 429, "TASK_LIMIT_EXCEEDED");
      await put("/api/admin/config", { max_concurrent_tasks_per_user: 2 });
      expect((await create()).status).toBe(200);

      const { body: server } = await stackOf().request<Data<{ agent_token: string }>>("/api/gpu/servers", {
        json: { name: newName(), max_concurrent_tasks: 4 },
        headers: bearer(admin.token),
      });
      const { body: assigned } = await stackOf().request<Data<{ assign: { timeout_seconds: number }[] }>>(
        "/api/gpu/agent/heartbeat",
        { json: { ...idleAgent, want: 1 }, headers: bearer(server.data.agent_token) },
      );
      expect(assigned.data.assign).toHaveLength(1);
      const { timeout_seconds: seconds } = assigned.data.assign[0] ?? { timeout_seconds: 0 };
      // What is left of it at the moment of the answer.
      expect(seconds).toBeGreaterThan(60);
      expect(seconds).toBeLessThanOrEqual(77);

      const { data } = (await get<Record<string, number>>("/api/admin/stats")).body;
      expect(data).toMatchObject({ total_tasks: 2, running_tasks: 1, total_gpu_servers: 1 });
      expect(data.online_gpu_servers).toBe(1);
    });
  });

  describe("the system's log", () => {
    test("answers the contract's request", async () => {
      const { status, body } = await system(
        "page=1&page_size=50&level=ERROR&start_date=2024-01-01&end_date=2024-01-31",
      );
      expect(status).toBe(200);
      expect(body.data).toEqual({ items: [], total: 0, page: 1, page_size: 50, total_pages: 0 });
    });

    test("has a refused request a moment later, found by its id, its level and its day", async () => {
      const { status, requestId } = await refusedRequest();
      expect(status).toBe(403);
      const found = async (query: string) => (await system(`search=${requestId}&${query}`)).body.data;
      const { items, total } = await vi.waitFor(
        async () => {
          const page = await found("level=WARNING");
          expect(page.total).toBe(1);
          return page;
        },
        { timeout: 10_000 },
      );
      expect(total).toBe(1);
      expect(items).toEqual([
        {
          id: expect.any(Number),
          timestamp: expect.stringMatching(/Z$/),
          level: "WARNING",
          message: "request refused",
          request_id: requestId,
          details: {
            method: "GET",
            path: "/api/admin/stats",
            query: {},
            status: 403,
            ms: expect.any(Number),
          },
        },
      ]);
      const at = items[0]?.timestamp ?? "";
      expect((await found(`start_date=${today()}&end_date=${today()}`)).total).toBe(1);
      expect((await found(`start_date=${at}&end_date=${at}`)).total).toBe(1);
      expect((await found("end_date=2024-01-31")).total).toBe(0);
      expect((await found("level=INFO")).total).toBe(0);
    });

    test("searches texts as they are typed, newest first, page by page", async () => {
      const mark = newName();
      const texts = [`${mark} 100%`, `${mark} 100 per cent`, `${mark} "quoted" 猫`];
      for (const [index, text] of texts.entries()) {
        await execute(
          stackOf(),
          "INSERT INTO logs (at, level, event, request_id, fields) VALUES (?, 'DEBUG', ?, NULL, ?)",
          [
            Date.UTC(2026, 0, 1 + index),
            index === 0 ? text : "event",
            JSON.stringify(index === 0 ? {} : { text }),
          ],
        );
      }
      const ids = async (text: string, more = "") => {
        const { data } = (await system(`search=${encodeURIComponent(text)}${more}`)).body;
        return [data.total, ...data.items.map((item) => item.timestamp.slice(0, 10))];
      };
      expect(await ids(mark)).toEqual([3, "2026-01-03", "2026-01-02", "2026-01-01"]);
      expect(await ids(mark, "&page_size=2&page=2")).toEqual([3, "2026-01-01"]);
      expect(await ids(`${mark} 100%`)).toEqual([1, "2026-01-01"]);
      expect(await ids(`${mark} "quoted" 猫`)).toEqual([1, "2026-01-03"]);
      expect(await ids(mark, "&level=DEBUG&start_date=2026-01-02&end_date=2026-01-02")).toEqual([
        1,
        "2026-01-02",
      ]);
      expect(await ids(mark, "&page=1000000")).toEqual([3]);
    });

    test("refuses what is no level, date or page, field by field", async () => {
      expectFieldErrors(
        await system("level=LOUD&start_date=2024-02-30&end_date=yesterday&page=0&page_size=201"),
        "level",
        "start_date",
        "end_date",
        "page",
        "page_size",
      );
      expectFieldErrors(await get("/api/logs/user-actions?start_date=1"), "start_date");
    });

    test("says no secret, wherever one was sent", async () => {
      const { requestId } = await refusedRequest(
        `/api/admin/stats?api_key=${remembered.secret}&x=Bearer%20${remembered.secret}`,
        remembered.secret,
      );
      remembered.requestId = requestId;
    });

    test("of today is a file with the same entries", async () => {
      const answer = await get(`/api/logs/download?log_type=user-actions&date=${today()}`);
      expect(answer.status).toBe(302);
      expect(answer.headers.get("cache-control")).toBe("no-store");
      const file = await fetch(new URL(answer.headers.get("location") ?? "", stackOf().url));
      const lines = (await file.text()).trim().split("\n");
      const actions = lines.map((line) => JSON.parse(line) as { action: string });
      expect(actions.map(({ action }) => action)).toContain("config.update");
      expectComputeError(await get("/api/logs/download?log_type=system&date=2024-01-15"), 404);
      expectFieldErrors(await get("/api/logs/download?log_type=secrets&date=2024-1-15"), "log_type", "date");
      expectFieldErrors(await get("/api/logs/download"), "log_type", "date");
    });
  });

  test("the last active administrator stays one, however many try at once", async () => {
    const others = await Promise.all([1, 2, 3].map(() => newAccount(stackOf(), "admin")));
    const everybody = [admin, ...others];
    const ids = new Set(everybody.map(({ id }) => id));
    const all = (await get<Page<User>>("/api/admin/users?role=admin&page_size=100")).body.data.items;
    for (const { id } of all.filter((user) => !ids.has(user.id))) {
      expect((await put(`/api/admin/users/${id}`, { is_active: false })).status).toBe(200);
    }
    const attempts = await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        const [actor, target] = [everybody[index % 4], everybody[Math.floor(index / 4) % 4]];
        const { status } = await stackOf().request(`/api/admin/users/${target?.id}`, {
          method: "PUT",
          json: index % 2 ? { role: "user" } : { is_active: false, balance: 5 },
          headers: bearer(actor?.token ?? ""),
        });
        return status;
      }),
    );
    expect(
      attempts.every((status) => [200, 401, 403, 409].includes(status)),
      attempts.join(),
    ).toBe(true);
    const left = await execute(stackOf(), "SELECT id FROM users WHERE role = 'admin' AND is_active = 1");
    expect(left).toHaveLength(1);
    const last = everybody.find(({ id }) => id === left[0]?.id);
    if (!last) throw new Error("the last administrator is one of these");
    admin = last;
    for (const json of [{ role: "user" }, { is_active: false }, { role: "user", balance: 9 }]) {
      expectComputeError(await put(`/api/admin/users/${last.id}`, json), 409, "LAST_ADMINISTRATOR");
    }
    expect(await isSignedIn(stackOf(), last.token)).toBe(true);
    const { body } = await put<User>(`/api/admin/users/${last.id}`, { role: "admin", is_active: true });
    expect(body.data).toMatchObject({ role: "admin", is_active: true });
    expect(body.data.balance).not.toBe(9);
  });

  test("says a last word before it stops", async () => {
    const { requestId } = await refusedRequest();
    remembered.requestId += ` ${requestId}`;
  });
});

describe("after a graceful stop", () => {
  const stackOf = ownStack({ DATA_DIR: folder });

  test("the log has what was said last, and no secret", async () => {
    for (const requestId of remembered.requestId.split(" ")) {
      const rows = await execute(stackOf(), "SELECT fields FROM logs WHERE request_id = ?", [requestId]);
      expect(rows, requestId).toHaveLength(1);
      expect(JSON.stringify(rows)).not.toContain(remembered.secret);
    }
    const [told] = await execute(stackOf(), "SELECT count(*) AS n FROM logs WHERE fields LIKE ?", [
      `%${remembered.secret}%`,
    ]);
    expect(told?.n).toBe(0);
  });
});
