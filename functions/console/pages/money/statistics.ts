import { api, dataOf } from "../../api/client.ts";

/** The signed-in user's balance, the price of a minute, and what tasks have cost. */
export const statistics = {
  queryKey: ["money", "statistics"],
  queryFn: async () => (await dataOf(api.GET("/api/users/stats"))).data,
};
