import { useQuery } from "@tanstack/vue-query";
import { api, dataOf } from "../../api/client.ts";
import { live } from "../../api/query-client.ts";

/** What is stored, and how much may be; several panels show it, and it is asked for once. */
export const useStorage = () =>
  useQuery({
    queryKey: ["storage", "stats"],
    queryFn: () => dataOf(api.GET("/api/v1/storage/stats")),
    ...live(60),
  });
