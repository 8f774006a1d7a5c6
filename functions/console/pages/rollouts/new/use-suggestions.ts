import { useQuery } from "@tanstack/vue-query";
import { refDebounced } from "@vueuse/core";
import { computed, type Ref } from "vue";
import { api, dataOf } from "../../../api/client.ts";
import { useSoftwareSearch } from "../../../kit/software/use-software-search.ts";
import type { Subject } from "./use-plan.ts";

/** People who are still typing are not asked about every letter. Milliseconds. */
const TYPING_MS = 250;
/** As many as people look through; whoever means another types more of it. */
const SHOWN = 20;

/** The software, and the versions of the one that is named, that what is typed of a new rollout may mean: the first few. */
export function useSuggestions(subject: Ref<Subject>) {
  const isSoftware = () => subject.value.kind === "software";
  const software = useSoftwareSearch(() => subject.value.name, isSoftware);
  const names = computed(() => (isSoftware() ? (software.data.value ?? []).map((one) => one.software) : []));
  const named = computed(() => names.value.find((slug) => slug === subject.value.name.trim()) ?? "");
  const settled = refDebounced(
    computed(() => subject.value.version.trim()),
    TYPING_MS,
  );
  const releases = useQuery({
    queryKey: ["releases", "names", named, settled],
    queryFn: async () => {
      const query = { search: settled.value || undefined, page_size: SHOWN };
      const params = { path: { software: named.value }, query };
      return (await dataOf(api.GET("/api/v1/releases/{software}", { params }))).items;
    },
    enabled: () => named.value !== "",
  });
  const versions = computed(() =>
    named.value === "" ? [] : (releases.data.value ?? []).map(({ version }) => version),
  );
  return { names, versions };
}
