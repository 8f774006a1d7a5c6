import { and, asc, between, eq } from "drizzle-orm";
import { software } from "../../../schema/releases.ts";
import { dailyCounts } from "../../../schema/rollouts/statistics.ts";
import type { Ctx } from "../../core/context.ts";
import { AppError } from "../../core/errors.ts";
import { versionName } from "../../kit/versions.ts";
import { softwareBySlug } from "../../releases/software.ts";
import { dayOf, dayText, readDay } from "./days.ts";
import { openStatistics } from "./open-statistics.ts";
import type { DailyKind } from "./statistics.sql.ts";

/** A year, and a day more where it has one. */
const MOST_DAYS = 366;
const USUAL_DAYS = 30;
/** Rows of an answer, some 5 MB. */
const MOST_ROWS = 30_000;

type Question = {
  /** Slug or akey. */
  software: string;
  /** Dates such as `2026-01-31`, both included; without them the last 30 days. */
  from?: string | undefined;
  to?: string | undefined;
};

/**
 * What happened with a software each day, by version and platform; the first day first. One round trip, from sums.
 * @throws AppError STATISTICS_RANGE for days that end before they begin, too many, or with too much in them;
 *   SOFTWARE_NOT_FOUND, INVALID_API_KEY, INSUFFICIENT_SCOPE
 */
export async function getDaily(ctx: Ctx, question: Question) {
  const slug = await openStatistics(ctx, question.software);
  const { from, to } = readRange(question, dayOf(ctx.deps.clock()));
  const { day, version, platform, checks, offers, downloads, installs, failures } = dailyCounts;
  const { known, rows } = await ctx.deps.db.readBatch((q) => ({
    known: q.select({ id: software.id }).from(software).where(eq(software.slug, slug)),
    rows: q
      .select({ day, version, platform, checks, offers, downloads, installs, failures })
      .from(dailyCounts)
      .where(and(eq(dailyCounts.softwareId, softwareBySlug(slug)), between(day, from, to)))
      .orderBy(asc(day), asc(version), asc(platform))
      .limit(MOST_ROWS + 1),
  }));
  if (known.length === 0) throw new AppError("SOFTWARE_NOT_FOUND");
  if (rows.length > MOST_ROWS) throw new AppError("STATISTICS_RANGE", { instead: "statistics.tooMuch" });
  return { software: slug, from: dayText(from), to: dayText(to), counts: rows.map(describe) };
}

const describe = (
  row: Pick<typeof dailyCounts.$inferSelect, "day" | "version" | "platform" | DailyKind>,
) => ({
  ...row,
  day: dayText(row.day),
  version: versionName(row.version),
});

function readRange(question: Question, today: number): { from: number; to: number } {
  const given = question.from === undefined ? undefined : readDay(question.from);
  const to = question.to === undefined ? Math.max(today, given ?? today) : readDay(question.to);
  const from = given ?? to - USUAL_DAYS + 1;
  if (from > to) throw new AppError("STATISTICS_RANGE", { instead: "statistics.reversed" });
  if (to - from >= MOST_DAYS) throw new AppError("STATISTICS_RANGE", { limit: MOST_DAYS });
  return { from, to };
}
