import { startBareWorkerd } from "./bare-workerd.ts";
import type { Bench } from "./bench-stack.ts";
import { atMost, median, percentile, short } from "./figure.ts";
import type { Figure } from "./figure.ts";
import { compare } from "./load.ts";
import type { Round } from "./load.ts";
import { openLoad } from "./open-load.ts";
import type { OpenLoadResult } from "./open-load.ts";
import { publishSmall } from "./publish-small.ts";
import { startRealStack } from "./real-stack.ts";

/** 2,500 versions and as many devices. */
export const VARIANTS = 2500;
export const CHECK =
  "/api/v1/version/check?current_version=1.{major}.{minor}&platform=windows&arch=x64&device_id=device-{n}";
const CLOSED = { rounds: 7, milliseconds: 3000, connections: 32 };
const OPEN = { rounds: 3, seconds: 25, connections: 64 };
const MOST_CPU = 2.5;
const MOST_LATE_MS = 0.5;
const rates: readonly { perSecond: number; mostP99: number }[] = [
  { perSecond: 650, mostP99: 2.5 },
  { perSecond: 938, mostP99: 5 },
];

/** Version checks by many devices with many versions, compared with a Worker in bare workerd that answers a constant. */
export async function measureCheck(bench: Bench): Promise<Figure[]> {
  const stack = await startRealStack(bench, "slipway");
  try {
    const bare = await startBareWorkerd(bench);
    try {
      await publishSmall(stack, "2.0.0");
      const asked = { path: CHECK, variants: VARIANTS, status: 200 };
      bench.say(`version check, closed loop: ${CLOSED.rounds} rounds`);
      const { cpuRatios, ours, other } = await compare(
        { ...stack, ...asked },
        { ...bare, path: "/", status: 200 },
        CLOSED,
      );
      const notes = [
        rate("ours, all processes", ours),
        rate("bare workerd", other),
        `${VARIANTS} versions and devices`,
      ];
      const closed = atMost(MOST_CPU, "x", "version check: CPU / constant in bare workerd", cpuRatios, notes);
      const figures = [closed];
      for (const { perSecond, mostP99 } of rates) {
        const mine: OpenLoadResult[] = [];
        const theirs: OpenLoadResult[] = [];
        for (let round = 1; round <= OPEN.rounds; round++) {
          bench.say(`version check, ${perSecond} a second: round ${round} of ${OPEN.rounds}`);
          const { seconds, connections } = OPEN;
          const options = { perSecond, seconds, connections };
          mine.push(await openLoad({ url: stack.url, path: CHECK, variants: VARIANTS, ...options }));
          theirs.push(await openLoad({ url: bare.url, path: "/", ...options }));
        }
        figures.push(openFigure(perSecond, mostP99, mine, theirs), errorFigure(perSecond, mine));
      }
      return figures;
    } finally {
      await bare.stop();
    }
  } finally {
    await stack.stop();
  }
}

/**
 * The p99 over all rounds together decides, so that a pause in a single round is not lost. Each round's p99 is reported
 * too.
 */
function openFigure(
  perSecond: number,
  most: number,
  mine: OpenLoadResult[],
  theirs: OpenLoadResult[],
): Figure {
  const overall = percentile(
    mine.flatMap(({ latencies }) => latencies),
    0.99,
  );
  return {
    ...atMost(
      most,
      "ms",
      `version check at ${perSecond}/s: p99 from due to answered`,
      mine.map(({ latencies }) => percentile(latencies, 0.99)),
      [
        `ours: ${spread(mine, "latencies")}`,
        `bare workerd: ${spread(theirs, "latencies")}`,
        `the generator's own lateness: ${spread(mine, "lateness")}${latenessNote(mine)}`,
      ],
    ),
    overall,
    met: overall <= most,
  };
}

function errorFigure(perSecond: number, results: OpenLoadResult[]): Figure {
  const errors = results.map(({ statuses, lateness }) => lateness.length - (statuses[200] ?? 0));
  const notes = errors.some((count) => count > 0)
    ? [
        results
          .map(({ statuses, unanswered }) => `${JSON.stringify(statuses)}, ${unanswered} unanswered`)
          .join("; "),
      ]
    : [];
  const total = errors.reduce((sum, count) => sum + count, 0);
  return {
    ...atMost(0, "errors", `version check at ${perSecond}/s: errors`, errors, notes),
    overall: total,
    met: total === 0,
  };
}

/** Where the generator itself sent requests late, the figure says nothing of the server. */
function latenessNote(results: OpenLoadResult[]): string {
  const late = percentile(
    results.flatMap(({ lateness }) => lateness),
    0.99,
  );
  return late > MOST_LATE_MS ? "; the cores were not idle, so this figure does not count" : "";
}

function spread(results: OpenLoadResult[], what: "latencies" | "lateness"): string {
  const all = results.flatMap((result) => result[what]);
  const [p50, p95, p99, most] = [0.5, 0.95, 0.99, 1].map((share) => short(percentile(all, share)));
  return `p50 ${p50}, p95 ${p95}, p99 ${p99}, at most ${most} ms of ${all.length}`;
}

/** One side's results of a closed loop, in words. */
export function rate(name: string, rounds: Round[]): string {
  const middle = (of: (round: Round) => number) => short(median(rounds.map(of)));
  return `${name}: ${middle((round) => round.perSecond)} requests/s, ${middle((round) => round.cpuMicroseconds)} us of CPU each`;
}
