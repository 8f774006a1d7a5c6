import { useQuery } from "@tanstack/vue-query";
import { useLocalStorage } from "@vueuse/core";
import { computed, type ComputedRef } from "vue";
import { api, dataOf } from "../../api/client.ts";

/** The software that was chosen last in this browser; empty before that. */
const last = useLocalStorage("slipway-software", "");

/** Remembers what was chosen, for the next page that asks for software. */
export const rememberSoftware = (name: string): void => void (last.value = name);

/** What to begin with: the software that was chosen last, else the only one that has packages, else nothing. */
export function useUsualSoftware(): ComputedRef<string> {
  const { data } = useQuery({
    queryKey: ["software", "with packages"],
    queryFn: async () => {
      const params = { query: { page_size: 100 } };
      const { items, total } = await dataOf(api.GET("/api/v1/software", { params }));
      return { names: items.filter((one) => one.package_count > 0).map(({ software }) => software), total };
    },
    enabled: () => last.value === "",
  });
  return computed(() => {
    if (last.value !== "") return last.value;
    const { names = [], total = 0 } = data.value ?? {};
    return names.length === 1 && total <= 100 ? (names[0] ?? "") : "";
  });
}
