import { keepPreviousData, useQuery } from "@tanstack/vue-query";
import { computed } from "vue";
import type { components } from "../../../../scripts/client/openapi.ts";
import { api, dataOf } from "../../api/client.ts";
import { useSession } from "../../api/session.ts";
import { useUrlFilters, useUrlPage } from "../../kit/use-url-filters.ts";

export type AppRecord = components["schemas"]["AppWare"];
type RecordPage = components["schemas"]["AppWares"];
type Range = { skip: number; limit: number; status: number | undefined };

export const PAGE_SIZE = 20;
/** As many as the server names. */
const MOST_POPULAR = 50;

const views: Record<string, (query: Range) => Promise<RecordPage>> = {
  all: (query) => dataOf(api.GET("/api/v1/appwares", { params: { query } })),
  mine: (query) => dataOf(api.GET("/api/v1/appwares/my", { params: { query } })),
  deleted: (query) =>
    dataOf(api.GET("/api/v1/appwares/admin/all", { params: { query: { ...query, include_deleted: true } } })),
  async popular({ skip, limit }) {
    const query = { limit: MOST_POPULAR };
    const found = await dataOf(api.GET("/api/v1/appwares/popular", { params: { query } }));
    return { data: found.slice(skip, skip + limit), count: found.length };
  },
};

/** The page of the catalogue that the address names, and whether the reader may change what is on it. */
export function useRecords() {
  const { isAdmin } = useSession();
  const page = useUrlPage();
  const { view, status } = useUrlFilters({ view: "all", status: "all" });
  const wanted = computed(() => ({
    skip: (page.value - 1) * PAGE_SIZE,
    limit: PAGE_SIZE,
    status: status.value === "all" ? undefined : Number(status.value),
  }));
  const query = useQuery({
    queryKey: computed(() => ["catalogue", view.value, wanted.value]),
    queryFn: () => (views[view.value] ?? views.all!)(wanted.value),
    placeholderData: keepPreviousData,
  });
  const mayChange = computed(() => isAdmin.value || view.value === "mine");
  return { query, view, status, isAdmin, mayChange };
}
