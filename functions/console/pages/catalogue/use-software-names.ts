import { useQuery } from "@tanstack/vue-query";
import { computed } from "vue";
import { api, dataOf } from "../../api/client.ts";
import { useSession } from "../../api/session.ts";

/** As many as the server lists at once; a record of any other software shows its key. */
const MOST = 100;

/** The software that records may lead to, by key (akey); for administrators, empty for others. */
export function useSoftwareNames() {
  const { isAdmin } = useSession();
  const query = useQuery({
    queryKey: ["software", "names"],
    queryFn: async () =>
      (await dataOf(api.GET("/api/v1/software", { params: { query: { page_size: MOST } } }))).items,
    enabled: isAdmin,
  });
  return computed(() => new Map((query.data.value ?? []).map(({ akey, software }) => [akey, software])));
}
