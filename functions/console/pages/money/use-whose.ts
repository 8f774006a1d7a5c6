import { useQuery } from "@tanstack/vue-query";
import { computed } from "vue";
import { api, dataOf } from "../../api/client.ts";
import { useSession } from "../../api/session.ts";
import { useUrlFilters } from "../../kit/use-url-filters.ts";
import { statistics } from "./statistics.ts";

/** Whose money the page shows: one's own, or that of the user whom the address names (`?user=`), for administrators. */
export function useWhose() {
  const { user, isAdmin } = useSession();
  const { user: named } = useUrlFilters({ user: "" });
  const userId = computed(() => (isAdmin.value && named.value !== user.value?.id ? named.value : ""));
  return {
    userId,
    isOwn: computed(() => userId.value === ""),
    query: computed(() => userId.value || undefined),
  };
}

/** Somebody's balance and figures. One request. */
export function useFigures(userId: { readonly value: string }) {
  return useQuery({
    queryKey: ["money", "figures", userId],
    async queryFn() {
      if (userId.value === "") return { ...(await statistics.queryFn()), name: "" };
      const params = { path: { user_id: userId.value } };
      const found = (await dataOf(api.GET("/api/admin/users/{user_id}", { params }))).data;
      return { name: found.username, current_balance: found.balance, total_tasks: found.total_tasks };
    },
  });
}
