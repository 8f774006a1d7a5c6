import { orderingKey, parseVersion } from "../../../functions/kit/versions.ts";
import type { Link, Place } from "../../../functions/updates/planner/network.ts";

/** Numbers below `limit` that look random and are the same in every run. */
export function pseudoRandom(seed: number) {
  let state = seed;
  return (limit: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * limit);
  };
}

export function place(text: string): Place {
  const parsed = parseVersion(text);
  if (!parsed) throw new Error(`${text} is no version`);
  return { version: parsed.canonical, key: orderingKey(parsed) };
}

const MINORS = ["1.0", "1.1", "2.0"];

/** Versions of three lines, and packages between them, some of which stand for each other. */
export function randomNetwork(random: (limit: number) => number): { places: Place[]; links: Link[] } {
  const places = MINORS.flatMap((minor) =>
    Array.from({ length: 1 + random(4) }, (_, patch) =>
      place(`${minor}.${patch}${random(5) === 0 ? "-rc.1" : ""}`),
    ),
  );
  const leasts = places.map((_, index) => (random(6) === 0 ? (places[random(index + 1)] as Place).key : ""));
  const links: Link[] = [];
  for (let count = 5 + random(30); count > 0; count--) {
    const to = 1 + random(places.length - 1);
    const type = (["full", "patch", "patch", "patch", "hotfix"] as const)[random(5)] ?? "patch";
    const anywhere = type === "full" || (type === "hotfix" && random(2) === 0);
    const from = anywhere ? null : (places[random(to)] as Place).version;
    const format = ["zip", "zip", "exe", "other"][random(4)] ?? "zip";
    const size = 1 + random(type === "full" ? 300 : 100);
    const isUniversal = random(4) === 0;
    const least = leasts[to] ?? "";
    links.push({ id: count, type, from, to: places[to] as Place, format, isUniversal, size, least });
  }
  return { places, links };
}
