import { useQuery } from "@tanstack/vue-query";
import { api, dataOf } from "../../api/client.ts";
import { live } from "../../api/query-client.ts";

/** One rollout, asked for again while somebody looks; several panels show it. @param id gives the id of the moment */
export const useRollout = (id: () => string) =>
  useQuery({
    queryKey: ["rollouts", "one", id],
    queryFn: () => dataOf(api.GET("/api/v1/rollouts/{id}", { params: { path: { id: id() } } })),
    ...live(10),
  });

/** What was decided of a rollout, the newest first. @param id gives the id of the moment */
export const useRolloutLog = (id: () => string) =>
  useQuery({
    queryKey: ["rollouts", "log", id],
    queryFn: async () =>
      (await dataOf(api.GET("/api/v1/rollouts/{id}/log", { params: { path: { id: id() } } }))).items,
    ...live(10),
  });
