import { Heap } from "./heap.ts";
import { lineOf, type Link, type Network, type Node, type Place } from "./network.ts";

/** Longer chains fail too easily, because each step is a download and an installation of its own. */
const MOST_STEPS = 10;

/** The rest of a way, from a version to the goal. `at`: the position of that version. */
type Rest = { at: number; cost: number; steps: number; first?: Link; rest?: Rest };

/**
 * The cheapest way of at most ten steps from one version to a higher one. A step costs its bytes and `stepCost`. Method:
 * Dijkstra (A note on two problems in connexion with graphs, 1959), from the goal backwards, so that it only meets versions
 * that lead there. Because steps are limited, a version has a label for each number of steps that is worth its price, as in
 * Desrochers and Soumis (A generalized permanent labelling algorithm for the shortest path problem with time windows,
 * 1988). The first label of the start that comes out of the heap is the answer.
 * @returns the steps in their order; null where there is no way
 */
export function cheapestWay(network: Network, start: Place, goal: Place, stepCost: number): Link[] | null {
  const { nodes, positions } = network;
  const end = positions.get(goal.version);
  if (end === undefined) return null;
  const begin = positions.get(start.version) ?? nodes.length;
  const open = new Heap<Rest>((a, b) => a.cost < b.cost || (a.cost === b.cost && a.steps < b.steps));
  /** The lowest known cost from a version to the goal, for each number of steps that it may take. */
  const prices = new Float64Array((nodes.length + 1) * (MOST_STEPS + 1)).fill(Infinity);

  function offer(from: number, key: string, link: Link, rest: Rest): void {
    if (key < start.key || key < link.least || key >= link.to.key) return;
    const [cost, steps] = [rest.cost + link.size + stepCost, rest.steps + 1];
    const first = from * (MOST_STEPS + 1);
    if (cost >= (prices[first + steps] ?? 0)) return;
    for (let most = steps; most <= MOST_STEPS && cost < (prices[first + most] ?? 0); most++) {
      prices[first + most] = cost;
    }
    open.push({ at: from, cost, steps, first: link, rest });
  }

  const offerFrom = (from: number, link: Link, rest: Rest) => {
    if (from === begin) offer(from, start.key, link, rest);
    else offer(from, nodes[from]?.key ?? "", link, rest);
  };

  let rest: Rest | undefined = { at: end, cost: 0, steps: 0 };
  for (; rest !== undefined; rest = open.pop()) {
    const { at, cost, steps } = rest;
    if (at === begin) return linksOf(rest);
    const node = nodes[at];
    if (!node || steps === MOST_STEPS || cost > (prices[at * (MOST_STEPS + 1) + steps] ?? 0)) continue;
    for (const { from, link } of node.steps) offerFrom(from, link, rest);
    const { full, ofLine } = node;
    // Whoever may take a full package needs no step before it. Steps come first only where they open it to the device.
    if (full && start.key >= full.least) offer(begin, start.key, full, rest);
    else if (full) for (const from of nodes.keys()) offerFrom(from, full, rest);
    if (!ofLine) continue;
    for (const from of lineBelow(network, node, begin, start)) offerFrom(from, ofLine, rest);
  }
  return null;
}

/** The versions from which a line's hotfix leads: all versions of the line without a hotfix of their own. */
function lineBelow(
  { nodes, lines }: Network,
  { version, steps }: Node,
  begin: number,
  start: Place,
): number[] {
  const line = lineOf(version);
  const own = new Set(steps.filter(({ link }) => link.type === "hotfix").map(({ from }) => from));
  const all = [
    ...(lines.get(line) ?? []),
    ...(begin === nodes.length && lineOf(start.version) === line ? [begin] : []),
  ];
  return own.size === 0 ? all : all.filter((from) => !own.has(from));
}

function linksOf(rest: Rest): Link[] {
  const links: Link[] = [];
  for (let at: Rest | undefined = rest; at?.first; at = at.rest) links.push(at.first);
  return links;
}
