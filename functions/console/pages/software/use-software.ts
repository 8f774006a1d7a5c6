import { queryOptions, useQuery } from "@tanstack/vue-query";
import { computed, type Ref } from "vue";
import { api, dataOf } from "../../api/client.ts";

/** Asks for the software of a slug or an akey; null where there is none. */
export const softwareQuery = (name: string) =>
  queryOptions({
    queryKey: ["software", "one", name],
    queryFn: async () => {
      // What is named exactly is the first.
      const query = { search: name, page_size: 1 };
      const { items } = await dataOf(api.GET("/api/v1/software", { params: { query } }));
      return items.find(({ software, akey }) => [software, akey].includes(name)) ?? null;
    },
    enabled: name !== "",
  });

/** The software of a slug or an akey; null where there is none. */
export const useSoftware = (name: Ref<string>) => useQuery(computed(() => softwareQuery(name.value)));
