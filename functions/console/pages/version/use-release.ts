import { useQuery } from "@tanstack/vue-query";
import { computed, type InjectionKey, type Ref } from "vue";
import type { components } from "../../../../scripts/client/openapi.ts";
import { api, dataOf } from "../../api/client.ts";
import { live } from "../../api/query-client.ts";

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
