import { useQuery } from "@tanstack/vue-query";
import { computed, type Ref } from "vue";
import type { components } from "../../../../scripts/client/openapi.ts";
import { api, dataOf } from "../../api/client.ts";
import { useAction } from "../../kit/use-action.ts";

export type ManagedUser = components["schemas"]["ManagedUser"];

/** One user, for administrators. */
export const useUser = (id: Ref<string>) =>
  useQuery({
    queryKey: computed(() => ["users", "one", id.value]),
    queryFn: async () => {
      const params = { path: { user_id: id.value } };
      return (await dataOf(api.GET("/api/admin/users/{user_id}", { params }))).data;
    },
  });

type Changes = { role?: "user" | "admin"; is_active?: boolean; balance?: number; full_name?: string };

/** Changes a user; whoever changes themselves may have to sign in again. @param done says what has happened */
export const useChangeUser = (done: (user: ManagedUser, changes: Changes) => string, showsFailure = false) =>
  useAction({
    run: async ({ id, changes }: { id: string; changes: Changes }) => {
      const params = { path: { user_id: id } };
      return (await dataOf(api.PUT("/api/admin/users/{user_id}", { params, body: changes }))).data;
    },
    done: (user, { changes }) => done(user, changes),
    refresh: [["users"], ["session"], ["admin", "stats"]],
    showsFailure,
  });
