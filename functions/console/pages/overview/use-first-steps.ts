import { useLocalStorage } from "@vueuse/core";
import { computed, watchEffect } from "vue";
import { hasAny } from "../statistics/days.ts";
import { useBusiestDays } from "./use-busiest-days.ts";
import { useStats } from "./use-stats.ts";
import { useStorage } from "./use-storage.ts";

/**
 * Which first steps of a new server are done, by what the panels of the overview ask for in any case; null until that is known.
 * Once all are done, or somebody has dismissed them, they stay away from this browser.
 */
export function useFirstSteps() {
  const isOver = useLocalStorage("slipway-first-steps-over", false);
  const [storage, stats] = [useStorage(), useStats()];
  const { busiest, daily } = useBusiestDays();
  const done = computed(() => {
    const [stored, known, software] = [storage.data.value, stats.data.value, busiest.data.value];
    if (!stored || !known || software === undefined || (software && !daily.data.value)) return null;
    return {
      publish: stored.stats.updates_total_size > 0,
      point: daily.data.value !== undefined && hasAny(daily.data.value, ["checks", "downloads"]),
      invite: known.total_users > 1,
    };
  });
  watchEffect(() => {
    if (done.value && Object.values(done.value).every(Boolean)) isOver.value = true;
  });
  return { done: computed(() => (isOver.value ? null : done.value)), dismiss: () => (isOver.value = true) };
}
