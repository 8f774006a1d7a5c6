import { keepPreviousData, useQuery } from "@tanstack/vue-query";
import { computed, type Ref } from "vue";
import { api, dataOf } from "../../api/client.ts";
import { useUrlFilters, useUrlPage } from "../../kit/use-url-filters.ts";
import { ARCHES, oneOf, PLATFORMS, TYPES } from "./use-options.ts";

export const PAGE_SIZE = 20;

/** The filters of a list of versions, in the address. */
export const useVersionFilters = () =>
  useUrlFilters({
    search: "",
    channel: "",
    platform: "all",
    arch: "all",
    format: "",
    type: "all",
    state: "all",
  });

/** The versions that the filters leave, and all drafts of the software: one question for both panels. */
export function useReleases(software: Ref<string>) {
  const page = useUrlPage();
  const filters = useVersionFilters();
  const wanted = computed(() => ({
    page: page.value,
    page_size: PAGE_SIZE,
    search: filters.search.value || undefined,
    channel: filters.channel.value.toLowerCase() || undefined,
    platform: oneOf(filters.platform.value, PLATFORMS),
    arch: oneOf(filters.arch.value, ARCHES),
    format: filters.format.value.replace(/^\./, "").toLowerCase() || undefined,
    type: oneOf(filters.type.value, TYPES),
    state: oneOf(filters.state.value, ["offered", "yanked"]),
  }));
  return useQuery({
    queryKey: computed(() => ["releases", software.value, wanted.value]),
    queryFn: () =>
      dataOf(
        api.GET("/api/v1/releases/{software}", {
          params: { path: { software: software.value }, query: wanted.value },
        }),
      ),
    placeholderData: keepPreviousData,
  });
}
