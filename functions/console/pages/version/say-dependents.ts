import { listed } from "../../locale/format.ts";
import { sayOffers } from "./say-offers.ts";
import { t } from "./texts.ts";
import type { Dependents, Release } from "./use-release.ts";

type File = Release["packages"][number];

/**
 * What depends on one file of a version: patches that start from it and ways that lead over it on its platform and arch, and the
 * version's own gates. That the version is the latest, or offered to clients, concerns the last of its files for them alone.
 */
export function dependentsOfFile(
  dependents: Dependents | undefined,
  { id, platform, arch }: Pick<File, "id" | "platform" | "arch">,
  files: readonly File[],
): Dependents | undefined {
  if (!dependents) return undefined;
  const isFor = (one: { platform: string; arch: string }) => one.platform === platform && one.arch === arch;
  return {
    ...dependents,
    patches: dependents.patches.filter(isFor),
    chains: dependents.chains.filter(isFor),
    is_latest: dependents.is_latest && files.every((file) => file.id === id),
    offers: dependents.offers.filter((offer) => {
      const takes = files.filter((file) => isOfferedTo(file, offer));
      return takes.length > 0 && takes.every((file) => file.id === id);
    }),
  };
}

/** Whether it is a full package that such clients take. */
const isOfferedTo = (file: File, offer: { platform: string; arch: string }) =>
  file.package_type === "full" &&
  !file.yanked &&
  file.platform === offer.platform &&
  [offer.arch, "universal"].includes(file.arch);

/** The sentences that say what depends on a version; empty where nothing does. */
export function sentencesOf(dependents: Dependents | undefined, version: string): string[] {
  if (!dependents) return [];
  const { patches, chains, gates } = dependents;
  const versions = (list: { version: string }[]) => listed([...new Set(list.map(({ version }) => version))]);
  return [
    patches.length > 0 && `${t("patches", { count: patches.length })} ${versions(patches)}`,
    chains.length > 0 &&
      `${t("chains", { count: chains.length })} ${listed(chains.map((one) => `${one.from_version} → ${one.to_version}`))}`,
    gates.length > 0 && `${t("gates", { count: gates.length })} ${versions(gates)}`,
    ...ownSentences(dependents, version),
  ].filter((sentence) => sentence !== false);
}

/** Those of them that name no packages and versions that depend on it, but say what it is to clients itself. */
export function ownSentences(dependents: Dependents, version: string): string[] {
  const { is_watershed, is_latest, offers } = dependents;
  const isKeptBack = offers.length > 0 && offers.every(({ now }) => now !== version);
  return [
    ...sayOffers(dependents, version),
    ...(is_watershed ? [t("isWatershed")] : []),
    ...(is_latest ? [t(isKeptBack ? "isMarkedLatest" : "isLatest")] : []),
  ];
}
