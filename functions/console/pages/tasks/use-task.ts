import { useQuery } from "@tanstack/vue-query";
import { computed } from "vue";
import { useRoute } from "vue-router";
import { api, dataOf } from "../../api/client.ts";
import { live } from "../../api/query-client.ts";
import { isOpen } from "./task-states.ts";

/** While a task runs, its reader sees within so many seconds what it does. */
const LIVE_SECONDS = 2;

/** The task that the address names, asked for again until it has ended. */
export function useTask() {
  const route = useRoute();
  const id = computed(() => String(route.params.id));
  const query = useQuery({
    queryKey: ["tasks", "one", id],
    queryFn: async () =>
      (await dataOf(api.GET("/api/tasks/{task_id}", { params: { path: { task_id: id.value } } }))).data,
    ...live(LIVE_SECONDS),
    refetchInterval: ({ state }) => isOpen(state.data?.status) && LIVE_SECONDS * 1000,
  });
  return { id, query, task: query.data };
}
