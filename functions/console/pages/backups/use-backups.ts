import { keepPreviousData, useQuery } from "@tanstack/vue-query";
import { computed, ref, watch } from "vue";
import type { components } from "../../../../scripts/client/openapi.ts";
import { api, dataOf } from "../../api/client.ts";
import { useSession } from "../../api/session.ts";
import { useUrlFilters, useUrlPage } from "../../kit/use-url-filters.ts";

export type Backup = components["schemas"]["Backup"];

export const PAGE_SIZE = 20;

/** The backups of the key that was entered or, for administrators where none was, of all keys. The key is in no address. */
export function useBackups() {
  const { isAdmin } = useSession();
  const page = useUrlPage();
  const { type } = useUrlFilters({ type: "all" });
  const key = ref("");
  watch(key, () => (page.value = 1));
  const wanted = computed(() => ({
    page: page.value,
    page_size: PAGE_SIZE,
    backup_type: type.value === "all" ? undefined : (type.value as Backup["backup_type"]),
  }));

  const query = useQuery({
    queryKey: computed(() => ["backups", key.value, wanted.value]),
    enabled: computed(() => isAdmin.value || key.value !== ""),
    queryFn: () =>
      key.value === ""
        ? dataOf(api.GET("/api/v1/backups", { params: { query: wanted.value } }))
        : pageOfKey(key.value, wanted.value),
    placeholderData: keepPreviousData,
  });
  return { query, key, type, isAdmin };
}

/** A key has few backups, and all of them come at once. */
async function pageOfKey(
  user_key: string,
  { page, backup_type }: { page: number; backup_type: Backup["backup_type"] | undefined },
) {
  const { backups } = (await dataOf(api.POST("/api/backups/list", { body: { user_key } }))).data;
  const found = backups.filter((one) => backup_type === undefined || one.backup_type === backup_type);
  return { items: found.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE), total: found.length };
}
