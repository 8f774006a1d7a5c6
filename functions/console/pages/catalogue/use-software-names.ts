import { useQueries } from "@tanstack/vue-query";
import { computed } from "vue";
import { useSession } from "../../api/session.ts";
import { softwareQuery } from "../software/use-software.ts";

/** The names of the software that records lead to, by key (akey); for administrators, empty for others. */
export function useSoftwareNames(akeys: () => readonly (string | null)[]) {
  const { isAdmin } = useSession();
  const asked = computed(() => (isAdmin.value ? [...new Set(akeys())].filter((akey) => akey !== null) : []));
  const answers = useQueries({ queries: computed(() => asked.value.map(softwareQuery)) });
  return computed(
    () => new Map(answers.value.flatMap(({ data }) => (data ? [[data.akey, data.software] as const] : []))),
  );
}
