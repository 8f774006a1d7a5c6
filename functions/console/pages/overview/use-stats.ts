import { useQuery } from "@tanstack/vue-query";
import { api, dataOf } from "../../api/client.ts";
import { live } from "../../api/query-client.ts";

/** Users, tasks and money of the whole service; several panels show it, and it is asked for once. */
export const useStats = () =>
  useQuery({
    queryKey: ["admin", "stats"],
    queryFn: async () => (await dataOf(api.GET("/api/admin/stats"))).data,
    ...live(60),
  });
