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
