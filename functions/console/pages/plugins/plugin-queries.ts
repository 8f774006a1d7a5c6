import { useQuery } from "@tanstack/vue-query";
import { computed } from "vue";
import type { components } from "../../../../scripts/client/openapi.ts";
import { api, dataOf } from "../../api/client.ts";

export type Plugin = components["schemas"]["Plugin"];
export type PluginVersion = components["schemas"]["PluginVersion"];
export type Conflict = components["schemas"]["PluginConflict"]["data"];

/** A plugin and all its versions, the highest first. */
export const usePlugin = (name: () => string) =>
  useQuery({
    queryKey: computed(() => ["plugins", "detail", name()]),
    queryFn: async () => (await dataOf(api.POST("/api/plugins/detail", { body: { name: name() } }))).data,
  });

/** The plugins whose current versions need this one, the first few by name, and how many there are. @throws Failure. */
export async function dependentsOf(name: string) {
  const query = { depends_on: name, page_size: 10 };
  return (await dataOf(api.GET("/api/plugins/search", { params: { query } }))).data;
}

type Wishes = {
  install: Record<string, string>;
  engines?: Record<string, string>;
  installed?: Record<string, string>;
};

/** What would be installed. @throws Failure, whose `data` is a Conflict where nothing fits. */
export async function resolvePlugins({ install, engines = {}, installed = {} }: Wishes) {
  const body = { install, engines, installed, integrity: {} };
  return (await dataOf(api.POST("/api/plugins/resolve", { body }))).data;
}

export type Plan = Awaited<ReturnType<typeof resolvePlugins>>;
