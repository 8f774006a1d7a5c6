import { useQuery } from "@tanstack/vue-query";
import { computed, type InjectionKey, type Ref } from "vue";
import type { components } from "../../../../scripts/client/openapi.ts";
import { api, dataOf } from "../../api/client.ts";
import { live } from "../../api/query-client.ts";
import { t } from "./texts.ts";

export type Release = components["schemas"]["Release"];
export type Dependents = components["schemas"]["ReleaseDependents"];

/** Which version a page shows. */
export type Named = { software: string; version: string };
export const named: InjectionKey<Ref<Named>> = Symbol("version");

/** What changes with a version. */
export const OF_RELEASES = [["releases"], ["release"], ["software"], ["storage"]] as const;

/** The version with its files; asked for again while something waits to be published. */
export const useRelease = (name: Ref<Named>) =>
  useQuery({
    queryKey: computed(() => ["release", name.value]),
    queryFn: () => dataOf(api.GET("/api/v1/releases/{software}/{version}", { params: { path: name.value } })),
    ...live(30),
  });

/** What the list of versions knows of this one beside its files: what is special about it, and how often it was downloaded. */
export const useListed = (name: Ref<Named>) =>
  useQuery({
    queryKey: computed(() => ["releases", "one", name.value]),
    queryFn: async () => {
      const { software, version } = name.value;
      // What is named exactly is the first.
      const params = { path: { software }, query: { search: version, page_size: 1 } };
      const { items } = await dataOf(api.GET("/api/v1/releases/{software}", { params }));
      return items.find((one) => one.version === version) ?? null;
    },
  });

/** What depends on the version; asked once for the panel and for the questions before something is deleted. */
export const useDependents = (name: Ref<Named>) =>
  useQuery({
    queryKey: computed(() => ["release", name.value, "dependents"]),
    queryFn: () =>
      dataOf(api.GET("/api/v1/releases/{software}/{version}/dependents", { params: { path: name.value } })),
  });

type File = Release["packages"][number];

/**
 * What depends on one file of a version: patches that start from it and ways that lead over it on its platform and arch, and the
 * version's own gates. That the version is the latest concerns the last of its files alone.
 */
export function dependentsOfFile(
  dependents: Dependents | undefined,
  { id, platform, arch }: Pick<File, "id" | "platform" | "arch">,
  files: readonly { id: number }[],
): Dependents | undefined {
  if (!dependents) return undefined;
  const isFor = (one: { platform: string; arch: string }) => one.platform === platform && one.arch === arch;
  return {
    ...dependents,
    patches: dependents.patches.filter(isFor),
    chains: dependents.chains.filter(isFor),
    is_latest: dependents.is_latest && files.every((file) => file.id === id),
  };
}

/** The sentences that say what depends on a version; empty where nothing does. */
export function sentencesOf(dependents: Dependents | undefined): string[] {
  if (!dependents) return [];
  const { patches, chains, gates, is_watershed, is_latest } = dependents;
  const versions = (list: { version: string }[]) =>
    [...new Set(list.map(({ version }) => version))].join(", ");
  return [
    patches.length > 0 && `${t("patches", { count: patches.length })} ${versions(patches)}`,
    chains.length > 0 &&
      `${t("chains", { count: chains.length })} ${chains.map((one) => `${one.from_version} → ${one.to_version}`).join(", ")}`,
    gates.length > 0 && `${t("gates", { count: gates.length })} ${versions(gates)}`,
    is_watershed && t("isWatershed"),
    is_latest && t("isLatest"),
  ].filter((sentence) => sentence !== false);
}
