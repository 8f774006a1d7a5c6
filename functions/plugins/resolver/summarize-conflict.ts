import { message, type Locale } from "../../core/locale/locale.ts";
import { describeReason, rangeText } from "./describe-reason.ts";
import { subjectOf } from "./solver/outwards.ts";
import type { Reason } from "./solver/registry.ts";

/** How many ways a summary names. */
const MOST_WAYS = 4;

type Want = Extract<Reason, { kind: "requested" | "installed" | "dependency" }>;

/**
 * Tells a conflict in one sentence on which a person can act: which wish leads through which plugins to the one that cannot
 * be had.
 * @param reasons from the request outwards, as resolve() answers them: without any one of them there is a solution
 */
export function summarizeConflict(locale: Locale, reasons: readonly Reason[]): string {
  const wants = reasons.filter(isWant);
  const wayTo = waysOf(wants);
  const obstacle = reasons.findLast(isObstacle);
  if (obstacle) {
    const { message: problem } = describeReason(locale, obstacle);
    const way = wayTo(subjectOf(obstacle));
    return way.length > 1 ? message(locale, "resolve.behind", { way: way.join(ARROW), problem }) : problem;
  }
  const byPlugin = Map.groupBy(wants, ({ plugin }) => plugin);
  const clash = Array.from(byPlugin).findLast(([, all]) => all.length > 1);
  if (!clash)
    return reasons
      .map((reason) => describeReason(locale, reason).message)
      .join(message(locale, "resolve.and"));
  const [plugin, all] = clash;
  const ways = all
    .slice(0, MOST_WAYS)
    .map((want) => [...wayTo(subjectOf(want)), wantedText(want)].join(ARROW));
  if (all.length > MOST_WAYS) ways.push(`+${all.length - MOST_WAYS}`);
  return message(locale, "resolve.clash", { plugin, ways: ways.join(message(locale, "resolve.and")) });
}

const ARROW = " → ";

const isWant = (reason: Reason): reason is Want =>
  reason.kind === "requested" || reason.kind === "installed" || reason.kind === "dependency";

/** Whether this reason alone rules out its plugin, once the plugin is wanted. */
const isObstacle = (reason: Reason) => !isWant(reason) || (reason.kind !== "installed" && reason.hasNone);

const wantedText = (want: Want) =>
  `${want.plugin} ${want.kind === "installed" ? want.version : rangeText(want.range)}`;

/** The plugins through which the request leads to one of them, that one included. */
function waysOf(wants: readonly Want[]): (plugin: string | null) => string[] {
  const wantedBy = new Map<string, string | null>();
  for (const want of wants) if (!wantedBy.has(want.plugin)) wantedBy.set(want.plugin, subjectOf(want));
  return (plugin) => {
    const way: string[] = [];
    for (let at = plugin; at !== null && !way.includes(at); at = wantedBy.get(at) ?? null) way.unshift(at);
    return way;
  };
}
