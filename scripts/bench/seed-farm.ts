import { createClient } from "@libsql/client/http";
import type { Client, InStatement } from "@libsql/client/http";
import type { Target } from "./bench-stack.ts";
import type { Send } from "./administrator.ts";

/** More open tasks than any measurement creates; the highest value of the setting. */
const MOST_OPEN = 10_000;
/** In units; more than any measurement puts on hold. */
const BALANCE = 1_000_000;
/** Tasks in one batch, so that no transaction takes long. */
const BATCH = 5_000;

/** Lets the administrator create as many tasks as a measurement likes. Returns the administrator's id. */
export async function fundAdministrator(send: Send): Promise<string> {
  const { id } = await send<{ id: string }>("GET", "/api/users/me");
  await send("PUT", `/api/admin/users/${id}`, { balance: BALANCE });
  await send("PUT", "/api/admin/config", { max_concurrent_tasks_per_user: MOST_OPEN });
  return id;
}

/** Registers servers that pull. Returns their agents' tokens. */
export async function registerServers(send: Send, count: number, slots: number): Promise<string[]> {
  const tokens: string[] = [];
  for (let number = 0; number < count; number++) {
    const json = { name: `measured ${number}`, max_concurrent_tasks: slots };
    tokens.push((await send<{ agent_token: string }>("POST", "/api/gpu/servers", json)).agent_token);
  }
  return tokens;
}

const numbers = (from: number, to: number) =>
  `WITH RECURSIVE n(i) AS (VALUES(${from}) UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ${to})`;

const TASK_COLUMNS = `id, user_id, title, description, task_type, priority, status, config, estimated_duration, price, hold, cost,
  attempt, request_hash, started_at, completed_at, created_at, updated_at`;

/** Writes pending tasks without holds straight into the database. They belong to `users` users in turn. */
export async function seedPending(stack: Target, count: number, users: number, label: string): Promise<void> {
  await inDatabase(stack, async (client) => {
    await client.batch(
      [
        `${numbers(0, users)} INSERT INTO users (id, username, username_key, email, email_key, full_name, password_hash, role, is_active, created_at)
          SELECT 'usr_m' || i, 'm' || i, 'm' || i, 'm' || i || '@example.com', 'm' || i || '@example.com', '', '', 'user', 1, 0 FROM n
          WHERE true ON CONFLICT DO NOTHING`,
        `${numbers(0, count)} INSERT INTO tasks (${TASK_COLUMNS})
          SELECT 'tsk_${label}' || i, 'usr_m' || (i % ${users}), 'measured', '', 'kind', i % 3, 'pending', '{}', 30, 10, 0, 0, 0, '', NULL, NULL,
            unixepoch() * 1000 + i, unixepoch() * 1000 FROM n`,
      ],
      "write",
    );
  });
}

/** Ends the running tasks, as if each had completed and cost nothing. */
export async function endRunning(stack: Target): Promise<void> {
  await inDatabase(stack, (client) =>
    client.execute(
      "UPDATE tasks SET status = 'completed', lease_until = NULL, completed_at = 0 WHERE status = 'running'",
    ),
  );
}

/**
 * Writes tasks of one user that ended long ago straight into the database, with their runs and their entries in the ledger.
 */
export async function seedFinished(stack: Target, count: number, userId: string): Promise<void> {
  await inDatabase(stack, async (client) => {
    for (let from = 0; from < count; from += BATCH) {
      await client.batch(finished(from, Math.min(count, from + BATCH), userId), "write");
    }
  });
}

function finished(from: number, to: number, userId: string): InStatement[] {
  const n = numbers(from, to);
  const entry = (kind: string, amount: number) => ({
    sql: `${n} INSERT INTO ledger (user_id, kind, amount, key, reference, description, actor, created_at)
      SELECT ?1, '${kind}', ${amount}, '${kind}:tsk_f' || i || ':1', 'tsk_f' || i, '', 'seed', i FROM n`,
    args: [userId],
  });
  return [
    {
      sql: `${n} INSERT INTO tasks (${TASK_COLUMNS})
        SELECT 'tsk_f' || i, ?1, 'measured', '', 'kind_' || (i % 5), i % 11,
          CASE i % 10 WHEN 0 THEN 'failed' WHEN 1 THEN 'cancelled' ELSE 'completed' END, '{}', 30, 10, 300, 50, 1, '', i, i + 1000, i, i + 1000 FROM n`,
      args: [userId],
    },
    `${n} INSERT INTO task_runs (task_id, attempt, server_id, started_at, ended_at, outcome)
      SELECT 'tsk_f' || i, 1, 'gpu_gone', i, i + 1000, 'completed' FROM n`,
    entry("hold", -300),
    entry("release", 300),
    entry("charge", -50),
  ];
}

async function inDatabase(stack: Target, work: (client: Client) => Promise<unknown>): Promise<void> {
  const { LIBSQL_URL = "", LIBSQL_AUTH_TOKEN } = stack.settings;
  const client = createClient({ url: LIBSQL_URL, authToken: LIBSQL_AUTH_TOKEN });
  try {
    await work(client);
  } finally {
    client.close();
  }
}
