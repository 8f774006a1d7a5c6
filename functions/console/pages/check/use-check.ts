import { useQuery } from "@tanstack/vue-query";
import { computed, watch } from "vue";
import { api, dataOf } from "../../api/client.ts";
import { useUrlFilters } from "../../kit/use-url-filters.ts";
import { ARCHES, oneOf, PLATFORMS } from "../software/use-options.ts";
import { rememberSoftware, useUsualSoftware } from "../software/usual-software.ts";

/** The question of a device, in the address. */
export const useQuestion = () =>
  useUrlFilters({
    software: useUsualSoftware(),
    version: "",
    platform: "windows",
    arch: "x64",
    channel: "",
    device: "",
  });

/** What a device would be answered; asked once there is a version. */
export function useCheck(typed: ReturnType<typeof useQuestion>) {
  const question = computed(() => ({
    software: typed.software.value,
    current_version: typed.version.value,
    platform: oneOf(typed.platform.value, PLATFORMS) ?? "windows",
    arch: oneOf(typed.arch.value, ARCHES) ?? "x64",
    plans: "true" as const,
    ...(typed.channel.value && { channel: typed.channel.value }),
    ...(typed.device.value && { device_id: typed.device.value }),
  }));
  const isAsked = computed(() => question.value.current_version !== "" && question.value.software !== "");
  const query = useQuery({
    queryKey: computed(() => ["check", question.value]),
    queryFn: () => dataOf(api.GET("/api/v1/version/check", { params: { query: question.value } })),
    enabled: isAsked,
  });
  watch(query.data, () => query.data.value && rememberSoftware(question.value.software));
  return { query, question, isAsked };
}
