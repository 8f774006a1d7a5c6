import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { expect, test } from "vitest";
import { exposition } from "../../functions/kit/exposition.ts";
import { readMetrics } from "../../functions/service/metrics.ts";
import "../../functions/surfaces.ts";
import { useDomain } from "../support/domain.ts";
import { readExposition } from "../support/exposition.ts";

const openDomain = useDomain();
const fileOf = (name: string) =>
  readFileSync(new URL(`../../scripts/grafana/${name}`, import.meta.url), "utf8");
const namesIn = (text: string) => new Set(text.match(/\bslipway_[a-z_]+/g));

type Dashboard = { panels: { targets?: { expr: string }[] }[] };
type Rules = { groups: { rules: { alert: string; expr: string }[] }[] };

test("what dashboard, rules and page name is what /metrics tells, and the dashboard shows all of it", async () => {
  const domain = await openDomain();
  const told = new Set(readExposition(exposition(await readMetrics(domain.ctx))).keys());
  const dashboard = JSON.parse(fileOf("slipway.json")) as Dashboard;
  const rules = parse(fileOf("alerts.yml")) as Rules;
  const shown = dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
  const watched = rules.groups.flatMap((group) => group.rules.map(({ expr }) => expr));
  expect(watched.length).toBeGreaterThan(5);
  expect(namesIn(shown.join("\n"))).toEqual(told);
  expect(namesIn(fileOf("README.md"))).toEqual(told);
  expect(told).toEqual(new Set([...told, ...namesIn(watched.join("\n"))]));
});
