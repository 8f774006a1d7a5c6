import { refDebounced } from "@vueuse/core";
import { useQuery } from "@tanstack/vue-query";
import { computed, type Ref } from "vue";
import { useRouter } from "vue-router";
import { useSession } from "../api/session.ts";
import { findSoftware } from "./find-software.ts";
import { findUsers } from "./find-users.ts";

/** People who are still typing are not asked about every letter. Milliseconds. */
const TYPING_MS = 250;
const SHORTEST = 2;

/** The software and the users that what is typed means, for administrators; software once there are pages that show it. */
export function useFound(term: Ref<string>) {
  const settled = refDebounced(term, TYPING_MS);
  const router = useRouter();
  const { isAdmin } = useSession();
  const isEnough = computed(() => isAdmin.value && settled.value.trim().length >= SHORTEST);
  const canShowSoftware = router.hasRoute("software") && router.hasRoute("version");
  const software = useQuery({
    queryKey: computed(() => ["found", "software", settled.value]),
    queryFn: () => findSoftware(settled.value),
    enabled: computed(() => canShowSoftware && isEnough.value),
  });
  const users = useQuery({
    queryKey: computed(() => ["found", "users", settled.value]),
    queryFn: () => findUsers(settled.value),
    enabled: isEnough,
  });
  return {
    software: computed(() => software.data.value ?? []),
    users: computed(() => users.data.value ?? []),
    isFetching: computed(() => software.isFetching.value || users.isFetching.value),
  };
}
