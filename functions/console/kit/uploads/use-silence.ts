import { useIntervalFn } from "@vueuse/core";
import { ref, watch } from "vue";

/** Shorter pauses are usual: a part is stored, or the next one begins. */
const SILENT_MS = 10_000;

/**
 * How long nothing has moved, for what says nothing of it itself: a server that was cut off gives no answer for minutes.
 * @param moved changes whenever something moves
 * @returns seconds; 0 while that is not long
 */
export function useSilence(moved: () => unknown) {
  const [since, silence] = [ref(Date.now()), ref(0)];
  watch(moved, () => {
    since.value = Date.now();
    silence.value = 0;
  });
  useIntervalFn(() => {
    const silent = Date.now() - since.value;
    silence.value = silent < SILENT_MS ? 0 : Math.round(silent / 1000);
  }, 1_000);
  return silence;
}
