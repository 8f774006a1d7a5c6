import { useQuery } from "@tanstack/vue-query";
import { computed, type Ref } from "vue";
import { api, dataOf } from "../../api/client.ts";

/** The software of a slug or an akey; null where there is none. */
export const useSoftware = (name: Ref<string>) =>
  useQuery({
    queryKey: computed(() => ["software", "one", name.value]),
    queryFn: async () => {
      const query = { search: name.value, page_size: 100 };
      const { items } = await dataOf(api.GET("/api/v1/software", { params: { query } }));
      return items.find(({ software, akey }) => [software, akey].includes(name.value)) ?? null;
    },
  });
