import { channelsFrom } from "../../kit/channels.ts";
import { cheapestWay } from "./cheapest-way.ts";
import { connect, type Link, type Network, type Place } from "./network.ts";

/** A package of one target, as cleanup needs it. */
export type StoredLink = Link & {
  channel: string;
  isYanked: boolean;
  /** Whether cleanup keeps a package of its version, so that devices may stay at that version. */
  isKept: boolean;
  /** Whether its version is a watershed. */
  isWatershed: boolean;
  /** Whether a rollout keeps it from some devices. */
  isLimited: boolean;
};

/** Packages that cleanup must keep, by their ids. */
export type Needed = {
  /** What devices below a gate have to take first: watersheds, and the newest versions that lead up to a gate. */
  gates: Set<number>;
  /** The steps of the cheapest plans that begin at kept versions. */
  chains: Set<number>;
};

/** What clients of one kind, by channel and format, are offered. */
type View = {
  links: StoredLink[];
  network: Network;
  /** The versions with a package, the highest first. */
  places: (Place & { least: string; hasFull: boolean })[];
  /** Order keys of watersheds with a package in any format. */
  watersheds: string[];
};

/**
 * The packages of a target that devices still need: those that lead over gates, and those that lead from each version of
 * which something is kept to the version that it is offered. Makes one plan for each kind of client and each such version.
 */
export function neededPackages(stored: readonly StoredLink[], stepCost: number): Needed {
  const needed: Needed = { gates: new Set(), chains: new Set() };
  const kept = stored.filter(({ isKept }) => isKept).map(({ to }) => to);
  for (const view of viewsOf(stored)) {
    const stops = stopsAtGates(view);
    for (const { id } of stops) needed.gates.add(id);
    const starts = new Map([...kept, ...stops.map(({ to }) => to)].map((place) => [place.version, place]));
    for (const start of starts.values()) {
      for (const { id } of offeredWay(view, start, stepCost)) needed.chains.add(id);
    }
  }
  return needed;
}

/**
 * A view for each channel with all formats together, and for each channel and single format; where anything is rolled out, the
 * same for devices that are in no rollout.
 */
function viewsOf(stored: readonly StoredLink[]): View[] {
  const offered = stored.filter(({ isYanked }) => !isYanked);
  const forAll = offered.filter(({ isLimited }) => !isLimited);
  return [offered, ...(forAll.length < offered.length ? [forAll] : [])].flatMap((links) =>
    viewsOfOffered(links, offered),
  );
}

/** @param all a watershed closes what is above it also to devices that are not offered it */
function viewsOfOffered(offered: readonly StoredLink[], all: readonly StoredLink[]): View[] {
  const channels = new Set(["stable", ...offered.map(({ channel }) => channel)]);
  const formats = new Set(offered.map(({ format }) => format));
  return [...channels].flatMap((channel) => {
    const taken = channelsFrom(channel);
    const ofChannel = offered.filter((link) => taken.includes(link.channel));
    const watersheds = all
      .filter((link) => link.isWatershed && taken.includes(link.channel))
      .map(({ to }) => to.key);
    const choices = [
      ofChannel,
      ...[...formats].map((format) => ofChannel.filter((link) => link.format === format)),
    ];
    return (formats.size > 1 ? choices : [ofChannel]).map((links) => viewOf(links, watersheds));
  });
}

function viewOf(links: StoredLink[], watersheds: string[]): View {
  const places = new Map<string, View["places"][number]>();
  for (const { to, least, type } of links) {
    const hasFull = type === "full" || (places.get(to.version)?.hasFull ?? false);
    places.set(to.version, { ...to, least, hasFull });
  }
  const sorted = [...places.values()].toSorted((a, b) => (a.key < b.key ? 1 : -1));
  return { links, network: connect(links), places: sorted, watersheds };
}

/** The versions that a device may take, the highest first. `key`: its own version. */
const openTo = ({ places, watersheds }: View, key: string) => {
  const ceiling = watersheds.filter((watershed) => watershed > key).toSorted()[0] ?? "~";
  return places.filter((place) => place.key > key && place.key <= ceiling && place.least <= key);
};

/**
 * The packages that lead everybody over the gates: the full packages of watersheds, or all packages of a watershed that has
 * no full one, and the full packages of the newest version that devices between two gates may take.
 */
function stopsAtGates(view: View): StoredLink[] {
  const { links, places, watersheds } = view;
  const gates = new Set([...watersheds, ...places.map(({ least }) => least)].filter((key) => key !== ""));
  if (gates.size === 0) return [];
  const reached = new Set(
    ["", ...gates].map((floor) => openTo(view, floor).find(({ hasFull }) => hasFull)?.version),
  );
  const withFull = new Set(places.filter(({ hasFull }) => hasFull).map(({ version }) => version));
  return links.filter(
    ({ type, to, isWatershed }) =>
      (type === "full" && (isWatershed || reached.has(to.version))) ||
      (isWatershed && !withFull.has(to.version)),
  );
}

/** The cheapest way from a version to the newest version that it has a way to. */
function offeredWay(view: View, start: Place, stepCost: number): Link[] {
  for (const goal of openTo(view, start.key)) {
    const way = cheapestWay(view.network, start, goal, stepCost);
    if (way) return way;
  }
  return [];
}
