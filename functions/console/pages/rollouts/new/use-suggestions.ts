import { useQuery } from "@tanstack/vue-query";
import { computed, type Ref } from "vue";
import { api, dataOf } from "../../../api/client.ts";
import { useSoftwareNames } from "../../statistics/use-statistics.ts";
import type { Subject } from "./use-plan.ts";

/** The most that one question answers. */
const PAGE = 100;

/** The software that there is, and the versions of the one that is named, for the fields of a new rollout. */
export function useSuggestions(subject: Ref<Subject>) {
  const software = useSoftwareNames();
  const names = computed(() =>
    subject.value.kind === "software" ? (software.data.value ?? []).map(({ software: slug }) => slug) : [],
  );
  const named = computed(() => names.value.find((slug) => slug === subject.value.name.trim()) ?? "");
  const releases = useQuery({
    queryKey: computed(() => ["releases", "names", named.value]),
    queryFn: async () => {
      const params = { path: { software: named.value }, query: { page_size: PAGE } };
      return (await dataOf(api.GET("/api/v1/releases/{software}", { params }))).items;
    },
    enabled: () => named.value !== "",
  });
  const versions = computed(() =>
    named.value === "" ? [] : (releases.data.value ?? []).map(({ version }) => version),
  );
  return { names, versions };
}
