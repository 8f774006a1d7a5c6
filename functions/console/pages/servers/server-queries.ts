import type { components } from "../../../../scripts/client/openapi.ts";
import { api, dataOf } from "../../api/client.ts";

export type Server = components["schemas"]["GpuServer"];

/** All GPU servers by name: the server answers them in one list. */
export const servers = {
  queryKey: ["servers", "list"],
  queryFn: async () => (await dataOf(api.GET("/api/gpu/servers"))).data,
};
