import { channelsFrom } from "../../kit/channels.ts";
import { versionName } from "../../kit/versions.ts";
import { UNIVERSAL } from "../../releases/arches.ts";
import type { OfferRow, RolledBackRow, TargetRow } from "./offers.sql.ts";

/** What clients of one kind that are in no rollout are offered, on the channel of the version that is asked about. */
export type Offer = TargetRow & {
  /** The version; null for none. */
  now: string | null;
  /** The same if the version that is asked about were not there. */
  without: string | null;
  /** The versions that were rolled back, from which devices are led to the one that is asked about. */
  rolled_back: string[];
};

type Found = {
  newest: readonly OfferRow[];
  targets: readonly TargetRow[];
  rolledBack: readonly RolledBackRow[];
};

/** What is offered to all that a version has full packages for. Gates are left out: they concern old versions alone. */
export function describeOffers(found: Found, own: { orderKey: string; channel: string }): Offer[] {
  return clientsOf(found).map(({ platform, arch }) => {
    const isFor = (one: TargetRow) => one.platform === platform && [arch, UNIVERSAL].includes(one.arch);
    const rows = found.newest.filter(isFor);
    const { newest, other } = highestOf(rows, own.channel);
    const leadsHere = ({ channel }: RolledBackRow) => highestOf(rows, channel).newest?.key === own.orderKey;
    const rolledBack = found.rolledBack.filter((one) => isFor(one) && leadsHere(one));
    return {
      platform,
      arch,
      now: newest?.name ?? null,
      without: other?.name ?? null,
      rolled_back: [...new Set(rolledBack.map(({ version }) => versionName(version)))],
    };
  });
}

/** Whoever takes the packages: a universal one is taken by every arch that the software has anything for. */
function clientsOf({ newest, targets, rolledBack }: Found): TargetRow[] {
  const clients = targets.flatMap(({ platform, arch }) => {
    if (arch !== UNIVERSAL) return [{ platform, arch }];
    const known = [...newest, ...targets, ...rolledBack].filter((one) => one.platform === platform);
    const arches = new Set(known.map((one) => one.arch).filter((one) => one !== UNIVERSAL));
    return (arches.size > 0 ? [...arches] : [UNIVERSAL]).map((one) => ({ platform, arch: one }));
  });
  return [...new Map(clients.map((one) => [`${one.platform}/${one.arch}`, one])).values()];
}

type Named = { key: string; name: string };

/** The highest version for clients of a channel, and the highest one but that which is asked about. */
function highestOf(rows: readonly OfferRow[], channel: string): { newest?: Named; other?: Named } {
  const channels = channelsFrom(channel);
  const offered = rows.filter((row) => channels.includes(row.channel));
  const [newest] = sorted(offered.map((row) => ({ key: row.newest, name: row.newest_version })));
  const [other] = sorted(
    offered.flatMap(({ other: key, other_version: name }) =>
      key !== null && name !== null ? [{ key, name }] : [],
    ),
  );
  return { ...(newest && { newest }), ...(other && { other }) };
}

/** The highest first, by their names. */
const sorted = (versions: readonly Named[]): Named[] =>
  versions
    .map(({ key, name }) => ({ key, name: versionName(name) }))
    .toSorted((a, b) => (a.key < b.key ? 1 : -1));
