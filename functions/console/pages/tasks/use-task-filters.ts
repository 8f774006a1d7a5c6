import { computed } from "vue";
import { useRouter } from "vue-router";
import { useSession } from "../../api/session.ts";
import { useUrlFilters, useUrlPage } from "../../kit/use-url-filters.ts";
import { taskStates } from "./task-states.ts";

const PAGE_SIZE = 20;
const orders = ["created_at", "updated_at", "priority"] as const;

/** The filters of the list of tasks, from and to the address, and the query that they make. */
export function useTaskFilters() {
  const { isAdmin } = useSession();
  const router = useRouter();
  const page = useUrlPage();
  const filters = useUrlFilters({ status: "all", type: "", owner: "all", sort: "created_at" });
  const query = computed(() => ({
    page: page.value,
    page_size: PAGE_SIZE,
    status: taskStates.find((state) => state === filters.status.value),
    task_type: filters.type.value || undefined,
    sort_by: orders.find((order) => order === filters.sort.value),
    user_id: isAdmin.value && filters.owner.value !== "mine" ? filters.owner.value : undefined,
  }));
  const isFiltered = computed(
    () => filters.status.value !== "all" || filters.type.value !== "" || filters.owner.value !== "all",
  );
  const showAll = () => router.replace({ query: {} });
  return { filters, query, isFiltered, showAll, pageSize: PAGE_SIZE };
}

export type TaskFilters = ReturnType<typeof useTaskFilters>["filters"];
