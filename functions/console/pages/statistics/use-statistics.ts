import { keepPreviousData, useQuery } from "@tanstack/vue-query";
import { computed } from "vue";
import { api, dataOf } from "../../api/client.ts";
import { live } from "../../api/query-client.ts";
import { useUrlFilters } from "../../kit/use-url-filters.ts";
import { dayBefore } from "./days.ts";

/** The most that one question answers. */
const PAGE = 100;
export const periods = [7, 30, 90, 365] as const;
const USUAL = "30";

/** The software that there is, 100 of it; asked once for all who choose one. */
export const useSoftwareNames = () =>
  useQuery({
    queryKey: ["software", "names"],
    queryFn: async () =>
      (await dataOf(api.GET("/api/v1/software", { params: { query: { page_size: PAGE } } }))).items,
  });

/** The software with the most versions: what people here most likely ask about. */
export const busiest = <T extends { version_count: number }>(all: readonly T[] = []): T | undefined =>
  all.toSorted((a, b) => b.version_count - a.version_count)[0];

/** What is chosen on the page, in the address: software, and the last days or two dates. */
export function useChoice() {
  const filters = useUrlFilters({ software: "", days: USUAL, from: "", to: "" });
  const names = useSoftwareNames();
  const software = computed(() => filters.software.value || busiest(names.data.value)?.software || "");
  const days = computed(() => Number(periods.find((one) => String(one) === filters.days.value) ?? USUAL));
  const isOwn = computed(() => filters.days.value === "own");
  const range = computed(() =>
    isOwn.value
      ? { from: filters.from.value || undefined, to: filters.to.value || undefined }
      : { from: dayBefore(days.value - 1), to: dayBefore(0) },
  );
  return { filters, names, software, days, isOwn, range };
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
