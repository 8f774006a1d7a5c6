import { replaces, type Rival } from "./precedence.ts";

/** A version as the planner knows it. */
export type Place = {
  /** In its canonical spelling. */
  version: string;
  /** Sorts as the version does. */
  key: string;
};

/** A package that leads from a version to a higher one. */
export type Link = Rival & {
  /** The version that it applies to; null for a full package, and for a hotfix that fits its whole major.minor line. */
  from: string | null;
  to: Place;
  /** Bytes. */
  size: number;
  /** The key of the lowest version that may take it; "" where all may. */
  least: string;
};

/** A version with all that leads to it; of packages that can stand for each other, the one that counts. */
export type Node = {
  version: string;
  /** "" where nothing leads to it: a way may only begin there. */
  key: string;
  full?: Link;
  /** A hotfix for every earlier version of the line. */
  ofLine?: Link;
  /** Patches and hotfixes for one version each, with the position of that version. */
  steps: { from: number; link: Link }[];
};

/** What is published for one target: versions are nodes, packages edges. */
export type Network = {
  nodes: Node[];
  /** Positions in `nodes`, by version. */
  positions: Map<string, number>;
  /** Positions by major.minor, of the lines that have a hotfix for all. */
  lines: Map<string, number[]>;
};

/** Makes a network of links, in any order. Costs a few steps for each. */
export function connect(links: Iterable<Link>): Network {
  const network: Network = { nodes: [], positions: new Map(), lines: new Map() };
  for (const link of links) {
    const node = network.nodes[positionOf(network, link.to.version)] as Node;
    node.key = link.to.key;
    if (link.type === "full") node.full = standing(node.full, link);
    else if (link.from === null) node.ofLine = standing(node.ofLine, link);
    else node.steps.push({ from: positionOf(network, link.from), link });
  }
  dropReplaced(network);
  for (const { version, ofLine } of network.nodes) if (ofLine) network.lines.set(lineOf(version), []);
  if (network.lines.size === 0) return network;
  for (const [position, { version }] of network.nodes.entries()) {
    network.lines.get(lineOf(version))?.push(position);
  }
  return network;
}

function positionOf({ nodes, positions }: Network, version: string): number {
  const known = positions.get(version);
  if (known !== undefined) return known;
  positions.set(version, nodes.length);
  return nodes.push({ version, key: "", steps: [] }) - 1;
}

/** Of a version's steps from one and the same version keeps one of each type. */
function dropReplaced({ nodes }: Network): void {
  // Where the kept step from a version is among the present node's: places of other nodes are behind or point elsewhere.
  const places = { patch: new Int32Array(nodes.length), hotfix: new Int32Array(nodes.length) };
  for (const node of nodes) {
    const { steps, ofLine } = node;
    let kept = 0;
    for (const step of steps) {
      const { from, link } = step;
      const seen = places[link.type === "patch" ? "patch" : "hotfix"];
      const rival = steps[seen[from] ?? 0];
      const isSeen = (seen[from] ?? 0) < kept && rival?.from === from && rival.link.type === link.type;
      if (isSeen) rival.link = standing(rival.link, link);
      else {
        seen[from] = kept;
        steps[kept++] = step;
      }
    }
    steps.length = kept;
    if (!ofLine) continue;
    const line = lineOf(node.version);
    for (const step of steps) {
      const isRival = step.link.type === "hotfix" && lineOf(nodes[step.from]?.version ?? "") === line;
      if (isRival) step.link = standing(ofLine, step.link);
    }
  }
}

function standing(one: Link | undefined, other: Link): Link {
  return one && !replaces(other, one) ? one : other;
}

/** The major.minor of a version in its canonical spelling. */
export const lineOf = (version: string) => version.slice(0, version.indexOf(".", version.indexOf(".") + 1));
