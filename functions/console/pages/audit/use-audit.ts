import { keepPreviousData, useQuery } from "@tanstack/vue-query";
import { computed } from "vue";
import { api, dataOf } from "../../api/client.ts";
import { useUrlFilters, useUrlPage } from "../../kit/use-url-filters.ts";
import { endOfDay, startOfDay } from "../../locale/days.ts";

export const AUDIT_PAGE = 50;

/** The page of what was changed that the address names. */
export function useAudit() {
  const page = useUrlPage();
  const filters = useUrlFilters({ action: "all", user: "all", from: "", to: "" });
  const wanted = computed(() => ({
    page: page.value,
    page_size: AUDIT_PAGE,
    action: filters.action.value === "all" ? undefined : filters.action.value,
    user_id: filters.user.value === "all" ? undefined : filters.user.value,
    start_date: startOfDay(filters.from.value),
    end_date: endOfDay(filters.to.value),
  }));
  const query = useQuery({
    queryKey: computed(() => ["audit", wanted.value]),
    queryFn: async () =>
      (await dataOf(api.GET("/api/logs/user-actions", { params: { query: wanted.value } }))).data,
    placeholderData: keepPreviousData,
  });
  return { filters, query };
}
