import { useQuery } from "@tanstack/vue-query";
import { api, dataOf } from "../../api/client.ts";

/** Every setting as it is now; both panels show it, and it is asked for once. */
export const useConfig = () =>
  useQuery({
    queryKey: ["config"],
    queryFn: async () => (await dataOf(api.GET("/api/admin/config"))).data,
  });
