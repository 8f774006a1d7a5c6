import { keepPreviousData, useQuery } from "@tanstack/vue-query";
import { computed } from "vue";
import type { components } from "../../../../scripts/client/openapi.ts";
import { api, dataOf } from "../../api/client.ts";
import { useUrlFilters, useUrlPage } from "../../kit/use-url-filters.ts";
import { endOfDay, startOfDay } from "../../locale/days.ts";

export const RECORDS_PAGE = 50;
export const recordKinds: readonly components["schemas"]["MoneyMovement"]["type"][] = [
  "recharge",
  "hold",
  "release",
  "charge",
  "refund",
  "adjustment",
];

/** The page of everybody's movements that the address names, for administrators. */
export function useAllRecords() {
  const page = useUrlPage();
  const filters = useUrlFilters({ user: "all", kind: "all", from: "", to: "" });
  const asked = computed(() => ({
    page: page.value,
    page_size: RECORDS_PAGE,
    user_id: filters.user.value === "all" ? undefined : filters.user.value,
    type: recordKinds.find((kind) => kind === filters.kind.value),
    from: startOfDay(filters.from.value),
    to: endOfDay(filters.to.value),
  }));
  const query = useQuery({
    queryKey: ["money", "all", asked],
    queryFn: () => dataOf(api.GET("/api/v1/money-records", { params: { query: asked.value } })),
    placeholderData: keepPreviousData,
  });
  return { filters, query };
}
