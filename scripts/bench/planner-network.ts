import { orderingKey, parseVersion } from "../../functions/kit/versions.ts";
import type { Link, Place } from "../../functions/updates/planner/network.ts";

export const VERSIONS = 2_000;
/** Into each version lead patches from the last two versions and from one of the 40 before those. */
const REACH = 40;
const FULL_BYTES = 80_000_000;
const MOST_PATCH_BYTES = 5_000_000;

/** Each minor line has twenty versions. */
export function versionAt(index: number): Place {
  const version = `1.${Math.floor(index / 20)}.${index % 20}`;
  const parsed = parseVersion(version);
  if (!parsed) throw new Error(`${version} is no version`);
  return { version, key: orderingKey(parsed) };
}

/** Some 6,000 patches and, with `full`, 2,000 full packages; the same ones in each run. */
export function makeLinks(options: { full: boolean }): Link[] {
  const places = Array.from({ length: VERSIONS }, (_, index) => versionAt(index));
  const links: Link[] = [];
  let state = 11;
  const random = (limit: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * limit);
  };
  for (const [index, to] of places.entries()) {
    const common = { to, format: "zip", isUniversal: false, least: "" };
    if (options.full) {
      links.push({ id: links.length, type: "full", from: null, size: FULL_BYTES, ...common });
    }
    for (const back of [1, 2, 3 + random(REACH)]) {
      const from = places[index - back]?.version;
      if (from === undefined) continue;
      const size = 50_000 + random(MOST_PATCH_BYTES);
      links.push({ id: links.length, type: "patch", from, size, ...common });
    }
  }
  return links;
}
