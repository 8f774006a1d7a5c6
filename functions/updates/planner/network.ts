import { isOfOwnArch, replaces, type Rival } from "./precedence.ts";

/** A version in the planner's form. */
export type Place = {
  /** In its canonical spelling. */
  version: string;
  /** Sorts as the version does. */
  key: string;
};

/** A package that leads from one version to a higher one. */
export type Link = Rival & {
  /** The version to which it applies; null for a full package, and for a hotfix of a whole major.minor line. */
  from: string | null;
  to: Place;
  /** Bytes. */
  size: number;
  /** The key of the lowest version that may take the package; "" where every version may. */
  least: string;
};

/**
 * A version with all packages that lead to it. Of packages that can replace each other, only the one that counts is kept.
 */
export type Node = {
  version: string;
  /** "" where no package leads to the version, so that a way can only begin there. */
  key: string;
  full?: Link;
  /** A hotfix that applies to every earlier version of the line. */
  ofLine?: Link;
  /** Patches and hotfixes that apply to one version, with the position of that version. */
  steps: { from: number; link: Link }[];
};

/** What is published for one target, as a graph: versions are its nodes, packages its edges. */
export type Network = {
  nodes: Node[];
  /** Positions in `nodes`, by version. */
  positions: Map<string, number>;
  /** Positions in `nodes` by major.minor, for lines in which a hotfix applies to all versions. */
  lines: Map<string, number[]>;
};

/** Makes a network of links in any order. The time grows with their number alone. */
export function connect(links: Iterable<Link>): Network {
  const network: Network = { nodes: [], positions: new Map(), lines: new Map() };
  for (const link of links) {
    const node = network.nodes[positionOf(network, link.to.version)] as Node;
    node.key = link.to.key;
    if (link.type === "full") node.full = standing(node.full, link);
    else if (link.from === null) node.ofLine = standing(node.ofLine, link);
    else node.steps.push({ from: positionOf(network, link.from), link });
  }
  dropUniversal(network);
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

/** Where a version has a full package of the device's own arch, keeps no patches and hotfixes of universal builds. */
function dropUniversal({ nodes }: Network): void {
  for (const node of nodes) {
    const { full, ofLine } = node;
    if (!full || full.isUniversal) continue;
    node.steps = node.steps.filter(({ link }) => !isOfOwnArch(full, link));
    if (ofLine && isOfOwnArch(full, ofLine)) delete node.ofLine;
  }
}

/** Where several steps of one type lead to a version from the same version, keeps one of them. */
function dropReplaced({ nodes }: Network): void {
  // By the position of a version: where the present node's kept step from that version stands in `steps`. Entries that
  // other nodes left point past the kept steps or to a step from another version.
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
