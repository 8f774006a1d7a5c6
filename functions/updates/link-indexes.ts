import type { Ctx } from "../core/context.ts";
import type { Deps } from "../core/deps.ts";
import { createIndexes, type Known } from "./known-indexes.ts";
import { linksOf, type LinkRow } from "./links.ts";
import { selectLinks } from "./links.sql.ts";
import type { Target } from "./newest-packages.sql.ts";
import { connect, type Network } from "./planner/network.ts";
import { targetKey } from "./update-indexes.ts";

type LinkIndex = Known<{ rows: LinkRow[] }>;

/** How many an isolate keeps. One of a large target takes a few MiB. */
const MAX_INDEXES = 10;

const { find, isFresh } = createIndexes("link-index-2", targetKey, MAX_INDEXES, readLinks);

const networks = new WeakMap<LinkIndex, Network>();

async function readLinks(ctx: Ctx, target: Target): Promise<{ rows: LinkRow[] }> {
  const [row] = await ctx.deps.db.read((q) => selectLinks(q, target));
  return { rows: JSON.parse(row?.links ?? "[]") as LinkRow[] };
}

/**
 * What is published for a target, in the planner's form, from the isolate, the location's cache or the database.
 * @returns `stands`: whether the same would still be found
 */
export async function findNetwork(
  ctx: Ctx,
  target: Target,
): Promise<{ network: Network; stands: (deps: Deps) => boolean }> {
  const index = await find(ctx, target);
  const network = networks.get(index) ?? connect(linksOf(index.rows));
  networks.set(index, network);
  return { network, stands: (deps) => isFresh(deps, target, index) };
}
