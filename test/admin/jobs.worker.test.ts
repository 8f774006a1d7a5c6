import { expect, test } from "vitest";
import { newAccount } from "../support/accounts.ts";
import { execute } from "../support/behind.ts";
import { sharedStack } from "../support/stack.ts";
import { asking } from "./requests.ts";

const stack = sharedStack();

type Job = {
  name: string;
  is_running: boolean;
  started_at: string | null;
  succeeded_at: string | null;
  failed_at: string | null;
  last_ms: number | null;
  failures: number;
};

test("says of each job when it last succeeded, how long it took, what failed since, and when cron ran", async () => {
  const admin = await newAccount(stack, "admin");
  await stack.runCron("* * * * *");
  const failedAt = Date.parse("2026-01-02T03:04:05.678Z");
  // No cron of the stack has a job of this name, so no run of it comes between.
  await execute(
    stack,
    "INSERT INTO jobs (name, holder, lease_until, started_at, failed_at, last_ms, failures) VALUES ('a-job', 'run', ?, ?, ?, 12, 3)",
    [Date.now() + 60_000, failedAt, failedAt],
  );
  const { get } = asking(
    () => stack,
    () => admin,
  );
  const { data } = (await get<{ cron_seen_at: string; jobs: Job[] }>("/api/admin/jobs")).body;
  await execute(stack, "DELETE FROM jobs WHERE name = 'a-job'");
  expect(Date.now() - Date.parse(data.cron_seen_at)).toBeLessThan(120_000);
  expect(data.jobs.find(({ name }) => name === "a-job")).toEqual({
    name: "a-job",
    is_running: true,
    started_at: new Date(failedAt).toISOString(),
    succeeded_at: null,
    failed_at: new Date(failedAt).toISOString(),
    last_ms: 12,
    failures: 3,
  });
  const names = data.jobs.map(({ name }) => name);
  expect(names).toEqual(names.toSorted());
  expect(names).not.toContain("tick");
  const ran = data.jobs.filter(({ succeeded_at }) => succeeded_at !== null);
  expect(ran.length).toBeGreaterThan(0);
  for (const { last_ms } of ran) expect(last_ms).toBeGreaterThanOrEqual(0);
});
