import { keepPreviousData, useQuery } from "@tanstack/vue-query";
import { computed, watch, type Ref } from "vue";
import { api, dataOf } from "../../api/client.ts";
import { useUrlFilters } from "../../kit/use-url-filters.ts";

const PAGE_SIZE = 200;
const LIVE_SECONDS = 2;

/**
 * A page of a task's log: the one that the address names, else the last one, which is asked for again while the task may say
 * more. Finding the last page costs a second request where there are several.
 */
export function useTaskLog(id: Ref<string>, isOpen: Ref<boolean>) {
  const { log } = useUrlFilters({ log: "newest" });
  const wanted = computed(() => Math.trunc(Number(log.value)) || 0);
  const ask = async (page: number) => {
    const params = { path: { task_id: id.value }, query: { page, page_size: PAGE_SIZE } };
    return (await dataOf(api.GET("/api/logs/tasks/{task_id}", { params }))).data;
  };
  const known = { id: "", pages: 1 };
  async function newest() {
    const start = known.id === id.value ? known.pages : 1;
    const found = await ask(start);
    const last = found.total_pages > start ? await ask(found.total_pages) : found;
    Object.assign(known, { id: id.value, pages: Math.max(1, last.total_pages) });
    return last;
  }
  const query = useQuery({
    queryKey: ["tasks", "log", id, wanted],
    queryFn: () => (wanted.value > 0 ? ask(wanted.value) : newest()),
    placeholderData: keepPreviousData,
    refetchInterval: () => isOpen.value && wanted.value === 0 && LIVE_SECONDS * 1000,
  });
  // What was said last may have come with the end.
  watch(isOpen, (open) => {
    if (!open) void query.refetch();
  });
  const page = computed(() => query.data.value?.page ?? 1);
  const pages = computed(() => query.data.value?.total_pages ?? 1);
  const go = (to: number) => (log.value = to >= pages.value ? "newest" : String(Math.max(1, to)));
  return { query, page, pages, go };
}
