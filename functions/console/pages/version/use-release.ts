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

/** What depends on the version; asked once for the panel and for the questions before something is deleted. */
export const useDependents = (name: Ref<Named>) =>
  useQuery({
    queryKey: computed(() => ["release", name.value, "dependents"]),
    queryFn: () =>
      dataOf(api.GET("/api/v1/releases/{software}/{version}/dependents", { params: { path: name.value } })),
  });

/** The sentences that say what depends on a version; empty where nothing does. */
export function sentencesOf(dependents: Dependents | undefined): string[] {
  if (!dependents) return [];
  const { patches, chains, gates, is_watershed, is_latest } = dependents;
  const versions = (list: { version: string }[]) =>
    [...new Set(list.map(({ version }) => version))].join(", ");
  return [
    patches.length > 0 && `${t("patches", { count: patches.length })} ${versions(patches)}.`,
    chains.length > 0 &&
      `${t("chains", { count: chains.length })} ${chains.map((one) => `${one.from_version} → ${one.to_version}`).join(", ")}.`,
    gates.length > 0 && `${t("gates", { count: gates.length })} ${versions(gates)}.`,
    is_watershed && t("isWatershed"),
    is_latest && t("isLatest"),
  ].filter((sentence) => sentence !== false);
}
