import { listed } from "../../locale/format.ts";
import { share } from "../rollouts/rollout.ts";
import { platformName } from "../software/use-options.ts";
import { t } from "./texts.ts";
import type { Dependents, Release } from "./use-release.ts";

type Offer = Dependents["offers"][number];

/** `windows x64, linux arm64` */
const targetsOf = (offers: readonly Offer[]) =>
  listed(offers.map(({ platform, arch }) => `${platformName(platform)} ${arch}`));

const sayVersion = (version: string | null) => version ?? t("nothing");

/** The offers that say the same, together. */
function groups<K>(offers: readonly Offer[], of: (offer: Offer) => K): [K, Offer[]][] {
  return [...new Set(offers.map(of))].map((key) => [key, offers.filter((one) => of(one) === key)]);
}

/** Who is offered a version, what they are offered without it, and who is led back to it. */
export function sayOffers({ offers }: Dependents, version: string): string[] {
  const here = offers.filter(({ now }) => now === version);
  const back = [...new Set(here.flatMap(({ rolled_back }) => rolled_back))];
  return [
    ...groups(here, ({ without }) => without).map(([without, some]) =>
      t("isOffered", { targets: targetsOf(some), other: sayVersion(without) }),
    ),
    ...(back.length > 0 ? [t("leadsBack", { versions: listed(back) })] : []),
  ];
}

/** What clients are offered in place of a version that a rollout keeps from them. */
export function sayInstead({ offers }: Dependents, version: string, rollout: Release["rollout"]): string[] {
  if (!rollout) return [];
  const others = offers.filter(({ now }) => now !== version);
  return groups(others, ({ now }) => now).map(([now, some]) =>
    t(rollout.state === "active" ? "othersOffered" : "offeredInstead", {
      targets: targetsOf(some),
      other: sayVersion(now),
      percent: share(rollout.percent),
    }),
  );
}

/** What becomes of the rollout of a version that is deleted. */
export const sayRolloutEnds = (rollout: Release["rollout"]): string[] =>
  rollout ? [t(`rolloutEnds.${rollout.state}`, { percent: share(rollout.percent) })] : [];
