import { refDebounced } from "@vueuse/core";
import { useQuery } from "@tanstack/vue-query";
import { computed, type Ref } from "vue";
import { useRouter } from "vue-router";
import { useSession } from "../api/session.ts";
import { findSoftware } from "./find-software.ts";

/** People who are still typing are not asked about every letter. Milliseconds. */
const TYPING_MS = 250;
const SHORTEST = 2;

/** What the server has of what is typed, once there are pages that show it. */
export function useFound(term: Ref<string>) {
  const settled = refDebounced(term, TYPING_MS);
  const router = useRouter();
  const { isAdmin } = useSession();
  const canShow = router.hasRoute("software") && router.hasRoute("version");
  const { data, isFetching } = useQuery({
    queryKey: computed(() => ["found", settled.value]),
    queryFn: () => findSoftware(settled.value),
    enabled: computed(() => canShow && isAdmin.value && settled.value.trim().length >= SHORTEST),
  });
  return { found: computed(() => data.value ?? []), isFetching };
}
