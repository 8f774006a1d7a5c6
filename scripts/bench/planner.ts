import { cheapestWay } from "../../functions/updates/planner/cheapest-way.ts";
import { connect, type Link, type Place } from "../../functions/updates/planner/network.ts";
import type { Bench } from "./bench-stack.ts";
import { atMost, short } from "./figure.ts";
import type { Figure } from "./figure.ts";
import { makeLinks, VERSIONS, versionAt } from "./planner-network.ts";

const MOST_MS = 5;
const ROUNDS = 15;
const STEP_COST_BYTES = 256 * 1024;

/**
 * The planner on 2,000 versions and 6,000 patches, with cold caches: CPU time of connecting all of them and of finding one
 * plan.
 */
export function measurePlanner(bench: Bench): Promise<Figure[]> {
  const links = makeLinks({ full: true });
  const patches = makeLinks({ full: false });
  bench.say(`planner: ${links.length} packages, ${ROUNDS} rounds each`);
  const newest = versionAt(VERSIONS - 1);
  const cases = [
    { what: "from 30 versions below", links, start: versionAt(VERSIONS - 31) },
    { what: "from 100 versions below", links, start: versionAt(VERSIONS - 101) },
    { what: "from the oldest version", links, start: versionAt(0) },
    { what: "from the oldest version, no full package", links: patches, start: versionAt(0) },
  ];
  return Promise.resolve([
    ...cases.map(({ what, ...one }) => {
      const { rounds, first, way } = measure({ ...one, goal: newest });
      const notes = [`${way}; the first time ${short(first)} ms`];
      return atMost(MOST_MS, "ms", `planner, CPU, cold: ${what}`, rounds, notes);
    }),
    measureChoice(),
  ]);
}

type Case = { links: Link[]; start: Place; goal: Place };

/** Milliseconds of CPU in each round, after one round that is not counted. */
function measure({ links, start, goal }: Case): { rounds: number[]; first: number; way: string } {
  const rounds: number[] = [];
  let way = "";
  for (let round = -1; round < ROUNDS; round++) {
    const before = process.cpuUsage();
    const steps = cheapestWay(connect(links), start, goal, STEP_COST_BYTES);
    const { user, system } = process.cpuUsage(before);
    rounds.push((user + system) / 1000);
    way = steps ? `${steps.length} steps, ${steps[0]?.type} first` : "no way";
  }
  const [first = NaN, ...counted] = rounds;
  return { rounds: counted, first, way };
}

/** Whether the planner chooses three patches over a full package that is larger than the three together. */
function measureChoice(): Figure {
  const [start, ...places] = [0, 1, 2, 3].map(versionAt) as [Place, ...Place[]];
  const goal = places.at(-1) ?? start;
  const full: Link = {
    id: 9,
    type: "full",
    from: null,
    to: goal,
    format: "zip",
    isUniversal: false,
    size: 10_000_000,
    least: "",
  };
  const patches = places.map((to, id): Link => {
    const from = versionAt(id).version;
    const size = 3_000_000;
    return { id, type: "patch", from, to, format: "zip", isUniversal: false, size, least: "" };
  });
  const way = cheapestWay(connect([full, ...patches]), start, goal, STEP_COST_BYTES) ?? [];
  const bytes = way.reduce((sum, { size }) => sum + size, 0);
  const what = "planner: bytes of three patches of 3 MB beside a full package of 10 MB";
  const notes = [
    `${way.length} steps, each of them a ${[...new Set(way.map(({ type }) => type))].join(", ")}`,
  ];
  return {
    ...atMost(9_000_000, "bytes", what, [bytes], notes),
    met: way.length === 3 && bytes === 9_000_000,
  };
}
