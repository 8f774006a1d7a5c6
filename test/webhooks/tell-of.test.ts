import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { audited } from "../../functions/core/audit.ts";
import { jsonFlag, jsonMoment, jsonText, payloadOf } from "../../functions/webhooks/events/payload.ts";
import { ifChanged, tellOf, type Event } from "../../functions/webhooks/events/tell-of.ts";
import { software } from "../../schema/releases.ts";
import { webhookEndpoints } from "../../schema/webhooks.ts";
import { useDomain, type Domain } from "../support/domain.ts";

const openDomain = useDomain();
const AT = Date.UTC(2026, 10, 29, 12);

type Wants = { id: string; events?: string[]; software?: string[]; isEnabled?: boolean };

const endpoint = ({ id, events, software: limits, isEnabled = true }: Wants) => ({
  id,
  url: `https://hooks.example.com/${id}`,
  description: "",
  events: events ?? null,
  software: limits ?? null,
  isEnabled,
  secretVersion: 1,
  createdBy: "test",
  createdAt: AT,
  updatedAt: AT,
});

async function withEndpoints(...wants: Wants[]): Promise<Domain> {
  const domain = await openDomain();
  if (wants.length > 0) {
    await domain.deps.db.write((q) => ({ made: q.insert(webhookEndpoints).values(wants.map(endpoint)) }));
  }
  return domain;
}

const agent = {
  server_id: "srv_1",
  name: "gpu-01",
  last_seen_at: "2026-11-29T11:00:00.000Z",
  running_tasks: 2,
};
const offline: Event = { type: "agent.offline", data: agent, at: AT };

type Row = {
  id: string;
  endpoint_id: string;
  event_id: string;
  type: string;
  payload: string;
  state: string;
};
const told = (domain: Domain) => domain.rows<Row>("SELECT * FROM webhook_deliveries ORDER BY endpoint_id");
const tell = (domain: Domain, event: Event) =>
  domain.deps.db.write((q) => ({ told: tellOf(domain.ctx, q, event) }));

test("an event has a delivery for each endpoint that wants it, with one event id and a message id each", async () => {
  const domain = await withEndpoints(
    { id: "whk_all" },
    { id: "whk_chosen", events: ["task.failed", "agent.offline"] },
    { id: "whk_other", events: ["task.failed"] },
    { id: "whk_off", isEnabled: false },
    { id: "whk_limited", software: ["omega"] },
  );
  await tell(domain, offline);
  const rows = await told(domain);
  expect(rows.map((row) => row.endpoint_id)).toEqual(["whk_all", "whk_chosen"]);
  expect(new Set(rows.map((row) => row.event_id)).size).toBe(1);
  expect(new Set(rows.map((row) => row.id)).size).toBe(2);
  for (const row of rows) {
    expect(row.id).toMatch(/^msg_[0-9a-z]{30}$/);
    expect(row.event_id).toMatch(/^evt_[0-9a-z]{30}$/);
    expect(row.state).toBe("pending");
    expect(JSON.parse(row.payload)).toEqual({
      type: "agent.offline",
      timestamp: "2026-11-29T12:00:00.000Z",
      data: agent,
    });
  }
});

test("an event that nobody wants leaves nothing behind", async () => {
  const domain = await withEndpoints({ id: "whk_other", events: ["task.failed"] });
  await tell(domain, offline);
  expect(await told(domain)).toEqual([]);
});

test("an endpoint limited to software gets events about that software alone", async () => {
  const domain = await withEndpoints({ id: "whk_limited", software: ["omega", "sigma"] });
  const yanked = (slug: string): Event => ({
    type: "package.yanked",
    software: slug,
    data: {
      package_id: 1,
      software: slug,
      version: "1.0.0",
      package_type: "full",
      from_version: null,
      platform: "linux",
      arch: "x64",
      channel: "stable",
      is_critical: false,
      file_name: "a.zip",
      file_size: 1,
      sha256: "00",
    },
    at: AT,
  });
  await tell(domain, yanked("tau"));
  expect(await told(domain)).toEqual([]);
  await tell(domain, yanked("sigma"));
  expect(await told(domain)).toHaveLength(1);
});

test("one statement tells of each row that an event happened to, by values that only the database knows", async () => {
  const domain = await withEndpoints({ id: "whk_a" }, { id: "whk_b" });
  await tell(domain, {
    ...offline,
    data: { ...agent, name: sql`value`, running_tasks: sql`length(value)` },
    from: sql`json_each('["one", "three"]')`,
    when: sql`value <> 'none'`,
  });
  const rows = await told(domain);
  expect(rows).toHaveLength(4);
  expect(new Set(rows.map((row) => row.event_id)).size).toBe(2);
  const first = rows.filter((row) => row.endpoint_id === "whk_a");
  const names = first.map((row) => (JSON.parse(row.payload) as { data: { name: string } }).data.name);
  expect(names.toSorted()).toEqual(["one", "three"]);
});

test("an event is told of once for a change that happened, and not for one that changed nothing", async () => {
  const domain = await withEndpoints({ id: "whk_all" });
  const change = (name: string) =>
    domain.deps.db.write((q) => ({
      renamed: audited(
        domain.ctx,
        q,
        q
          .update(software)
          .set({ name })
          .where(sql`${software.slug} = 'omega' AND ${software.name} <> ${name}`),
        { action: "software.rename", target: "omega" },
      ),
      told: tellOf(domain.ctx, q, { ...offline, when: ifChanged }),
    }));
  await change("Another");
  expect(await told(domain)).toHaveLength(1);
  await change("Another");
  expect(await told(domain)).toHaveLength(1);
});

test("an event whose batch is refused was never told", async () => {
  const domain = await withEndpoints({ id: "whk_all" });
  const refused = domain.deps.db.write((q) => ({
    told: tellOf(domain.ctx, q, offline),
    doubled: q.insert(webhookEndpoints).values(endpoint({ id: "whk_all" })),
  }));
  await expect(refused).rejects.toThrow();
  expect(await told(domain)).toEqual([]);
});

test("flags, moments and lists of the database are JSON's own in an event", async () => {
  const domain = await withEndpoints({ id: "whk_all" });
  const { told: payload } = await domain.deps.db.readBatch((q) => ({
    told: q.all<{ text: string }>(
      sql`SELECT ${payloadOf("package.published", AT, {
        yes: jsonFlag(sql`1`),
        no: jsonFlag(sql`0`),
        at: jsonMoment(sql`${AT}`),
        never: jsonMoment(sql`NULL`),
        list: jsonText(sql`(SELECT json_group_array(value) FROM json_each('[1,2]'))`),
        nested: { sums: [sql`1 + 1`, 3], text: 'quotes " and \u4e2d' },
        left_out: undefined,
      })} AS text`,
    ),
  }));
  expect(JSON.parse(String(payload[0]?.text))).toEqual({
    type: "package.published",
    timestamp: "2026-11-29T12:00:00.000Z",
    data: {
      yes: true,
      no: false,
      at: "2026-11-29T12:00:00.000Z",
      never: null,
      list: [1, 2],
      nested: { sums: [2, 3], text: 'quotes " and \u4e2d' },
    },
  });
});
