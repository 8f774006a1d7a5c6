import { keepPreviousData, useQuery } from "@tanstack/vue-query";
import { refDebounced } from "@vueuse/core";
import { computed } from "vue";
import { api, dataOf } from "../../api/client.ts";

/** People who are still typing are not asked about every letter. Milliseconds. */
const TYPING_MS = 250;
/** Characters that the server searches for; more come when a list of names is pasted. */
const LONGEST = 200;
/** As many as people look through; whoever means another types more of it. */
const SHOWN = 20;

/**
 * The software whose name has what is typed, the first few: what is named exactly, then the newest. For administrators.
 * @param isWanted whether it is asked for at all
 */
export function useSoftwareSearch(typed: () => string, isWanted: () => boolean = () => true) {
  const settled = refDebounced(
    computed(() => typed().trim().slice(0, LONGEST)),
    TYPING_MS,
  );
  return useQuery({
    queryKey: ["software", "found", settled],
    queryFn: async () => {
      const query = { search: settled.value || undefined, page_size: SHOWN };
      return (await dataOf(api.GET("/api/v1/software", { params: { query } }))).items;
    },
    placeholderData: keepPreviousData,
    enabled: isWanted,
  });
}
