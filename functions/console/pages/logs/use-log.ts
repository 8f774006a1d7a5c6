import { keepPreviousData, useQuery } from "@tanstack/vue-query";
import { computed } from "vue";
import type { components } from "../../../../scripts/client/openapi.ts";
import { api, dataOf } from "../../api/client.ts";
import { useUrlFilters, useUrlPage } from "../../kit/use-url-filters.ts";
import { endOfDay, startOfDay } from "../../locale/days.ts";

type Level = components["schemas"]["SystemLogEntry"]["level"];

export const levels: readonly Level[] = ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"];
export const LOG_PAGE = 50;
/** So often the log is read again while somebody follows it. Milliseconds. */
const FOLLOW_MS = 3_000;

/** The page of the system's log that the address names, read again and again where it says `follow`. */
export function useLog() {
  const page = useUrlPage();
  const filters = useUrlFilters({ level: "all", search: "", from: "", to: "", follow: "" });
  const wanted = computed(() => ({
    page: page.value,
    page_size: LOG_PAGE,
    level: levels.find((level) => level === filters.level.value),
    search: filters.search.value || undefined,
    start_date: startOfDay(filters.from.value),
    end_date: endOfDay(filters.to.value),
  }));
  const isFollowing = computed(() => filters.follow.value !== "");
  const query = useQuery({
    queryKey: computed(() => ["logs", wanted.value]),
    queryFn: async () =>
      (await dataOf(api.GET("/api/logs/system", { params: { query: wanted.value } }))).data,
    placeholderData: keepPreviousData,
    refetchInterval: computed(() => (isFollowing.value ? FOLLOW_MS : false)),
    refetchIntervalInBackground: false,
  });
  return { filters, isFollowing, query };
}
