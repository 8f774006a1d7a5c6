import { InvalidArgumentError, type Command } from "commander";
import { bar, sparkline } from "./charts.ts";
import { connect } from "./context.ts";
import type { Context } from "./context.ts";
import { table } from "./output.ts";
import { DEFAULT_SOFTWARE } from "./releases-api.ts";
import { command } from "./run.ts";
import { readAdoption, readDaily } from "./statistics-api.ts";
import type { Adoption, Daily } from "./statistics-api.ts";

const DAY_MS = 24 * 60 * 60_000;
/** Days that one answer of daily counts may have. */
const MOST_DAYS = 366;
const USUAL_DAYS = 30;
const BAR_WIDTH = 30;
const LINE_WIDTH = 60;
/** Versions in the table; --json has all. */
const MOST_VERSIONS = 30;

const KINDS = ["checks", "offers", "downloads", "installs", "failures"] as const;

/** Adds `slipway stats`. */
export function addStats(program: Command): void {
  command(program, "stats [software]", "which versions are in use, and what happened each day")
    .option("--days <n>", `so many last days, up to ${MOST_DAYS}`, days, USUAL_DAYS)
    .action(stats);
}

async function stats(
  ctx: Context,
  [software = DEFAULT_SOFTWARE]: string[],
  flags: { days: number },
): Promise<undefined> {
  const client = await connect(ctx);
  const to = Date.now();
  const [adoption, daily] = await Promise.all([
    readAdoption(client, { software, days: flags.days }),
    readDaily(client, { software, from: dayOf(to - (flags.days - 1) * DAY_MS), to: dayOf(to) }),
  ]);
  const isDrawn = process.stdout.isTTY;
  ctx.out.result({ adoption, daily }, [
    ...adoptionLines(adoption, isDrawn),
    "",
    ...dailyLines(daily, flags.days, isDrawn),
  ]);
}

function adoptionLines({ software, days, devices, versions }: Adoption, isDrawn: boolean): string[] {
  const heading = `${software}: ${devices} devices in the last ${days} days`;
  if (versions.length === 0) return [`${heading}. Devices that name themselves in their checks are counted.`];
  const most = Math.max(...versions.map(({ percent }) => percent));
  const drawn = (share: number) => (isDrawn ? [bar(share, BAR_WIDTH)] : []);
  const rows = versions
    .slice(0, MOST_VERSIONS)
    .map(({ version, devices: count, percent, platforms }) =>
      [version, String(count), `${percent} %`, byPlatform(platforms)].concat(drawn(percent / most)),
    );
  const more = versions.length - MOST_VERSIONS;
  return [
    `${heading}:`,
    ...table([["VERSION", "DEVICES", "SHARE", "PLATFORMS", ...(isDrawn ? [""] : [])], ...rows]),
    ...(more > 0 ? [`and ${more} more versions`] : []),
  ];
}

/** The platform with most devices first. */
const byPlatform = (platforms: Readonly<Record<string, number>>) =>
  Object.entries(platforms)
    .toSorted(([, a], [, b]) => b - a)
    .map(([platform, devices]) => `${platform} ${devices}`)
    .join(", ");

function dailyLines({ from, to, counts }: Daily, span: number, isDrawn: boolean): string[] {
  const first = Date.parse(from);
  const rows = KINDS.map((kind) => {
    const values = Array.from({ length: span }, () => 0);
    for (const one of counts) {
      const index = Math.round((Date.parse(one.day) - first) / DAY_MS);
      values[index] = (values[index] ?? 0) + one[kind];
    }
    const total = values.reduce((sum, value) => sum + value, 0);
    const line = isDrawn ? [sparkline(values, LINE_WIDTH)] : [];
    return [kind, String(total), String(values.at(-1) ?? 0)].concat(line);
  });
  return [
    `From ${from} to ${to}:`,
    ...table([["", "TOTAL", "TODAY", ...(isDrawn ? ["DAYS"] : [])], ...rows]),
  ];
}

const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);

function days(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= MOST_DAYS) return value;
  throw new InvalidArgumentError(`It must be a whole number from 1 to ${MOST_DAYS}.`);
}
