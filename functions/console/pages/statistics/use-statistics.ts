import { keepPreviousData, useQuery } from "@tanstack/vue-query";
import { computed } from "vue";
import { api, dataOf } from "../../api/client.ts";
import { live } from "../../api/query-client.ts";
import { useUrlFilters } from "../../kit/use-url-filters.ts";
import { dayBefore } from "./days.ts";

export const periods = [7, 30, 90, 365] as const;
const USUAL = "30";

/** The software with the most versions, what people here most likely ask about; null where there is none. */
export const useBusiest = () =>
  useQuery({
    queryKey: ["software", "busiest"],
    queryFn: async () => {
      const query = { order: "versions" as const, page_size: 1 };
      return (await dataOf(api.GET("/api/v1/software", { params: { query } }))).items[0] ?? null;
    },
  });

/** What is chosen on the page, in the address: software, and the last days or two dates. */
export function useChoice() {
  const filters = useUrlFilters({ software: "", days: USUAL, from: "", to: "" });
  const busiest = useBusiest();
  const software = computed(() => filters.software.value || busiest.data.value?.software || "");
  const days = computed(() => Number(periods.find((one) => String(one) === filters.days.value) ?? USUAL));
  const isOwn = computed(() => filters.days.value === "own");
  const range = computed(() =>
    isOwn.value
      ? { from: filters.from.value || undefined, to: filters.to.value || undefined }
      : { from: dayBefore(days.value - 1), to: dayBefore(0) },
  );
  return { filters, busiest, software, days, isOwn, range };
}

type Range = { from?: string | undefined; to?: string | undefined };

/** What happened each day. One answer serves all charts. */
export const useDaily = (software: () => string, range: () => Range) =>
  useQuery({
    queryKey: ["statistics", "daily", software, range],
    queryFn: () => {
      const query = { software: software(), ...range() };
      return dataOf(api.GET("/api/v1/statistics/daily", { params: { query } }));
    },
    enabled: () => software() !== "",
    placeholderData: keepPreviousData,
    ...live(60),
  });
