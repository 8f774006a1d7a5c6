import { useQuery } from "@tanstack/vue-query";
import { api, dataOf } from "../../api/client.ts";
import { live } from "../../api/query-client.ts";

/** One webhook, asked for again while somebody looks. @param id gives the id of the moment */
export const useWebhook = (id: () => string) =>
  useQuery({
    queryKey: ["webhooks", "one", id],
    queryFn: () => dataOf(api.GET("/api/v1/webhooks/{id}", { params: { path: { id: id() } } })),
    ...live(15),
  });
