import { describe, expect, test, vi } from "vitest";
import { eventReport } from "../../functions/compute/agents/schemas.ts";
import { reportEvents } from "../../functions/compute/agents/report-events.ts";
import { getServerReadings } from "../../functions/compute/servers/readings.ts";
import { deleteServer } from "../../functions/compute/servers/delete-server.ts";
import { rotateServerToken } from "../../functions/compute/servers/rotate-server-token.ts";
import { tokenHash } from "../../functions/compute/servers/server-tokens.ts";
import { cancelTask } from "../../functions/compute/tasks/cancel-task.ts";
import { listTaskLogs } from "../../functions/compute/tasks/list-task-logs.ts";
import { retryTask } from "../../functions/compute/tasks/retry-task.ts";
import { useDomain } from "../support/domain.ts";
import { failingAt } from "../support/domain/faults.ts";
import { asAdmin, completed, MINUTE, newAgent, outcomes, taskRow } from "./dispatch-domain.ts";
import { balanceOf, movements, newTask, newUser } from "./tasks-domain.ts";

vi.setConfig({ testTimeout: 60_000 });

const openDomain = useDomain();

/** A user with 10.00, a task of theirs, and an agent that has it. */
async function started(minutes = 30) {
  const domain = await openDomain();
  const user = await newUser(domain, 1000);
  const { id } = await newTask(user, { estimated_duration: minutes });
  const agent = await newAgent(domain, 2);
  const { assign } = await agent.heartbeat(1);
  const [given] = assign;
  if (!given) throw new Error("nothing assigned");
  return { domain, user, id, agent, given };
}

const refusedAs = (code: string) => expect.objectContaining({ code });

describe("reports", () => {
  test("a completed task is charged for its minutes and the rest comes back; the same report again changes nothing", async () => {
    const { domain, user, id, agent, given } = await started();
    domain.advance(10 * MINUTE);
    await agent.report(given, completed({ answer: 42 }));
    await agent.report(given, completed({ answer: 42 }));
    const row = await taskRow(domain, id);
    expect(row).toMatchObject({ status: "completed", progress: 100, result: '{"answer":42}' });
    expect(row.cost).toBeGreaterThanOrEqual(100);
    expect(row.cost).toBeLessThanOrEqual(105);
    expect(await movements(domain, id)).toEqual([
      ["hold", -300],
      ["release", 300],
      ["charge", -row.cost],
    ]);
    expect(await balanceOf(domain, user)).toBe(1000 - row.cost);
    expect(await outcomes(domain, id)).toEqual(["completed"]);
  });

  test("a failed task costs nothing", async () => {
    const { domain, user, id, agent, given } = await started();
    domain.advance(5 * MINUTE);
    await agent.report(given, { type: "failed", seq: 3, error: "out of memory" });
    await agent.report(given, { type: "failed", seq: 3, error: "out of memory" });
    expect(await taskRow(domain, id)).toMatchObject({
      status: "failed",
      cost: 0,
      error_message: "out of memory",
    });
    expect(await balanceOf(domain, user)).toBe(1000);
    await expect(agent.report(given, completed())).rejects.toEqual(refusedAs("STALE_ATTEMPT"));
  });

  test("lines that come twice and in any order are kept once; progress never falls back", async () => {
    const { domain, id, agent, given } = await started();
    const line = (seq: number) => ({ type: "log", seq, level: "INFO", message: `line ${seq}` }) as const;
    await agent.report(given, line(3), { type: "progress", seq: 4, progress: 60, message: "more than half" });
    await agent.report(given, line(1), { type: "progress", seq: 2, progress: 20 }, line(3));
    await agent.report(given, completed());
    await agent.report(given, line(5));
    expect(await domain.rows("SELECT seq, message FROM task_logs ORDER BY seq")).toEqual([
      { seq: 1, message: "line 1" },
      { seq: 3, message: "line 3" },
      { seq: 4, message: "more than half" },
      { seq: 5, message: "line 5" },
    ]);
    expect(await taskRow(domain, id)).toMatchObject({ progress: 100 });
  });

  test("a line is as old as its attempt at most, and never ends in half a character", async () => {
    const { domain, agent, given } = await started();
    const [before, after] = ["0001-01-01T00:00:00Z", "9999-01-01T00:00:00Z"];
    const { events } = eventReport.parse({
      attempt: given.attempt,
      events: [
        { type: "log", seq: 1, at: before, message: `${"a".repeat(3_999)}😀` },
        { type: "log", seq: 2, at: after, message: "b" },
      ],
    });
    await agent.report(given, ...events);
    const { items } = await listTaskLogs(asAdmin(domain), given.task_id, { page: 1, page_size: 50 });
    const [cut = "", whole] = items.map(({ message }) => message);
    expect(whole).toBe("b");
    expect(cut.length).toBeLessThanOrEqual(4000);
    const [, kept = "", missing] = /^(a+)… \(\+(\d+) characters\)$/.exec(cut) ?? [];
    expect(kept.length + Number(missing)).toBe(4000);
    const [run] = await domain.rows<{ started_at: number }>("SELECT started_at FROM task_runs");
    expect(Date.parse(items[0]?.timestamp ?? "")).toBe(run?.started_at);
    expect(Date.parse(items[1]?.timestamp ?? "")).toBeLessThanOrEqual(domain.deps.clock());
  });

  test("of another server's or an unknown task nothing is known; a wrong token is refused", async () => {
    const { domain, given, agent } = await started();
    const other = await newAgent(domain);
    await expect(other.report(given, completed())).rejects.toEqual(refusedAs("TASK_NOT_FOUND"));
    const unknown = { task_id: "tsk_0", attempt: 1 };
    await expect(agent.report(unknown, completed())).rejects.toEqual(refusedAs("TASK_NOT_FOUND"));
    const future = { ...given, attempt: 2 };
    await expect(agent.report(future, completed())).rejects.toEqual(refusedAs("STALE_ATTEMPT"));
    await rotateServerToken(asAdmin(domain), agent.id);
    await expect(agent.report(given, completed())).rejects.toEqual(refusedAs("INVALID_AGENT_TOKEN"));
    await expect(agent.heartbeat(1)).rejects.toEqual(refusedAs("INVALID_AGENT_TOKEN"));
  });

  test("a heartbeat tells what to stop: cancelled tasks, and attempts that are others' by now", async () => {
    const { user, id, agent, given } = await started();
    await cancelTask(user, id);
    const { cancel, assign } = await agent.heartbeat(0, [given, { task_id: "tsk_0", attempt: 3 }]);
    expect(cancel).toEqual([
      { task_id: id, attempt: 1 },
      { task_id: "tsk_0", attempt: 3 },
    ]);
    expect(assign).toEqual([]);
    await expect(agent.report(given, completed())).rejects.toEqual(refusedAs("STALE_ATTEMPT"));
  });

  test("a heartbeat tells to stop the older of two attempts of a task", async () => {
    const { domain, agent, given } = await started();
    domain.advance(6 * MINUTE);
    await domain.cron("* * * * *");
    const { assign } = await agent.heartbeat(1);
    const again = { task_id: given.task_id, attempt: 2 };
    expect(assign).toMatchObject([again]);
    const { cancel } = await agent.heartbeat(0, [given, again]);
    expect(cancel).toEqual([{ task_id: given.task_id, attempt: 1 }]);
  });
});

describe("leases", () => {
  test("a silent agent's task goes to another, and what it says later counts no more", async () => {
    const { domain, id, agent, given } = await started();
    domain.advance(4 * MINUTE);
    await agent.heartbeat(0, [given]);
    domain.advance(4 * MINUTE);
    await domain.cron("* * * * *");
    expect(await taskRow(domain, id)).toMatchObject({ status: "running", attempt: 1 });
    domain.advance(2 * MINUTE);
    await domain.cron("* * * * *");
    expect(await taskRow(domain, id)).toMatchObject({ status: "pending", losses: 1, gpu_server_id: null });
    const other = await newAgent(domain);
    const { assign } = await other.heartbeat(1);
    expect(assign).toMatchObject([{ task_id: id, attempt: 2 }]);
    await expect(agent.report(given, completed())).rejects.toEqual(refusedAs("STALE_ATTEMPT"));
    expect((await agent.heartbeat(1, [given])).cancel).toEqual([{ task_id: id, attempt: 1 }]);
    await other.report({ task_id: id, attempt: 2 }, completed({ by: "other" }));
    expect(await outcomes(domain, id)).toEqual(["lost", "completed"]);
  });

  test("lost three times, a task has failed and is paid back; its owner may start it again", async () => {
    const { domain, user, id, agent } = await started();
    for (let loss = 1; ; loss++) {
      domain.advance(6 * MINUTE);
      await Promise.all([domain.cron("* * * * *"), domain.cron("* * * * *")]);
      if (loss === 3) break;
      expect((await agent.heartbeat(1)).assign).toMatchObject([{ attempt: loss + 1 }]);
    }
    expect(await taskRow(domain, id)).toMatchObject({ status: "failed", cost: 0, attempt: 3 });
    expect(await outcomes(domain, id)).toEqual(["lost", "lost", "lost"]);
    expect(await balanceOf(domain, user)).toBe(1000);
    await retryTask(user, id);
    expect((await agent.heartbeat(1)).assign).toMatchObject([{ task_id: id, attempt: 4 }]);
    expect(await balanceOf(domain, user)).toBe(700);
  });

  test("a task that runs for too long fails, costs nothing and is to be stopped", async () => {
    const { domain, user, id, agent, given } = await started();
    for (let minute = 0; minute < 60; minute += 4) {
      domain.advance(4 * MINUTE + 1000);
      await agent.heartbeat(0, [given]);
    }
    await domain.cron("* * * * *");
    expect(await taskRow(domain, id)).toMatchObject({
      status: "failed",
      error_message: "timed out",
      cost: 0,
    });
    expect(await outcomes(domain, id)).toEqual(["timeout"]);
    expect(await balanceOf(domain, user)).toBe(1000);
    expect((await agent.heartbeat(0, [given])).cancel).toHaveLength(1);
    await expect(agent.report(given, completed())).rejects.toEqual(refusedAs("STALE_ATTEMPT"));
  });

  test("a deleted server's tasks wait for another, without a loss", async () => {
    const { domain, id, agent } = await started();
    await deleteServer(asAdmin(domain), agent.id);
    expect(await taskRow(domain, id)).toMatchObject({ status: "pending", losses: 0, attempt: 1 });
    expect(await outcomes(domain, id)).toEqual(["lost"]);
    const other = await newAgent(domain);
    expect((await other.heartbeat(1)).assign).toMatchObject([{ task_id: id, attempt: 2 }]);
  });
});

test("a reading is kept once a minute, for a day", async () => {
  const domain = await openDomain();
  const agent = await newAgent(domain);
  const readings = () => getServerReadings(asAdmin(domain), agent.id);
  await agent.heartbeat(0);
  await agent.heartbeat(0);
  expect(await readings()).toHaveLength(1);
  domain.advance(MINUTE);
  await agent.heartbeat(0);
  expect(await readings()).toHaveLength(2);
  domain.advance(24 * 60 * MINUTE - MINUTE / 2);
  await domain.cron("* * * * *");
  expect(await domain.rows("SELECT at FROM gpu_readings")).toHaveLength(1);
});

test("an agent alone comes each second; a busy one well before its lease ends", async () => {
  const domain = await openDomain({ settings: { LEASE_SECONDS: "60" } });
  const agent = await newAgent(domain);
  expect((await agent.heartbeat(1)).next_seconds).toBe(1);
  expect((await agent.heartbeat(0)).next_seconds).toBe(15);
});

describe("idle agents", () => {
  /** Agents in one isolate, and when each is to come next, in milliseconds. */
  async function fleet(count: number) {
    const domain = await openDomain();
    const agents = await Promise.all(Array.from({ length: count }, () => newAgent(domain)));
    await domain.rows(`UPDATE gpu_servers SET last_seen_at = ${domain.deps.clock()}`);
    const dueOf = async (agent: (typeof agents)[number]) => {
      const { next_seconds } = await agent.heartbeat(1);
      return domain.deps.clock() + 1000 * next_seconds;
    };
    const turns: { agent: (typeof agents)[number]; due: number }[] = [];
    for (const agent of agents) turns.push({ agent, due: await dueOf(agent) });
    return { domain, turns, dueOf };
  }

  const soonest = <T extends { due: number }>(turns: T[]) => turns.toSorted((a, b) => a.due - b.due);

  test("come the later the more there are, and evenly apart", async () => {
    const { domain, turns, dueOf } = await fleet(36);
    for (let time = 0; time < 3; time++) {
      for (const turn of soonest(turns)) {
        domain.advance(Math.max(0, turn.due - domain.deps.clock()));
        turn.due = await dueOf(turn.agent);
      }
    }
    const dues = soonest(turns).map(({ due }) => due);
    const gaps = dues.slice(1).map((due, index) => due - (dues[index] ?? 0));
    expect(Math.max(...gaps)).toBeLessThan(200);
    expect((dues.at(-1) ?? 0) - (dues[0] ?? 0)).toBeGreaterThan(2_000);
    expect((dues.at(-1) ?? 0) - (dues[0] ?? 0)).toBeLessThan(4_500);
  });

  test("take the turns of those that came sooner than they were told to", async () => {
    const { turns, dueOf } = await fleet(36);
    const ahead = soonest(turns);
    const [early, other] = [ahead[25], ahead[0]];
    if (!early || !other) throw new Error("no such agents");
    await early.agent.heartbeat(0);
    expect(Math.abs((await dueOf(other.agent)) - early.due)).toBeLessThan(100);
  });

  test("are not told to come just when their connection is ended", async () => {
    const { turns } = await fleet(70);
    const next = await Promise.all(turns.map(({ agent }) => agent.heartbeat(1)));
    const seconds = next.map(({ next_seconds }) => next_seconds);
    expect(Math.max(...seconds)).toBeGreaterThan(5.2);
    expect(seconds.filter((one) => one > 4.76 && one < 5.24)).toEqual([]);
  });
});

test("an attempt's end survives a lost answer of the database", async () => {
  const { domain, user, id, agent, given } = await started();
  const broken = failingAt(domain.deps, 1, "fails after").deps;
  const report = { tokenHash: tokenHash(agent.token), taskId: id, attempt: 1, events: [completed()] };
  await expect(reportEvents(domain.isolate(broken), report)).rejects.toEqual(
    refusedAs("SERVICE_UNAVAILABLE"),
  );
  await agent.report(given, completed());
  const { cost } = await taskRow(domain, id);
  expect(await balanceOf(domain, user)).toBe(1000 - cost);
});
