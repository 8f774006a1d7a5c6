import { useQuery } from "@tanstack/vue-query";
import { computed } from "vue";
import type { components } from "../../../scripts/client/openapi.ts";
import { api, dataOf } from "./client.ts";
import { queryClient } from "./query-client.ts";

export type User = components["schemas"]["User"];

const session = {
  queryKey: ["session"],
  queryFn: async () => (await dataOf(api.GET("/api/v1/session"))).user,
  staleTime: 5 * 60_000,
};

/** Who is signed in, or null; asked once, and again when it may have changed. @throws Failure. */
export const whoAmI = (): Promise<User | null> => queryClient.ensureQueryData(session);

/** Who is signed in, for components. */
export function useSession() {
  const { data } = useQuery(session);
  const user = computed(() => data.value ?? null);
  return { user, isAdmin: computed(() => user.value?.role === "admin") };
}

/** Forgets whatever was shown to the user before. */
export function forgetSession(): void {
  queryClient.clear();
  queryClient.setQueryData(session.queryKey, null);
}

/** @throws Failure. */
export async function signIn(username: string, password: string): Promise<void> {
  await api.POST("/api/v1/session", { body: { username, password } });
  queryClient.clear();
}

/** Signs out here, or everywhere. @throws Failure. */
export async function signOut(where: "here" | "everywhere"): Promise<void> {
  await (where === "here" ? api.DELETE("/api/v1/session") : api.DELETE("/api/v1/sessions"));
  forgetSession();
}
