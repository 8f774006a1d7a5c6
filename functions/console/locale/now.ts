import { shallowRef } from "vue";

/** How often what shows a distance from now is told again. */
const TICK_MS = 5000;

const ticks = shallowRef(0);
const tick = () => void ticks.value++;
let timer: ReturnType<typeof setInterval> | undefined;

/** Runs while somebody looks at the page, and catches up when somebody does again. */
function follow() {
  clearInterval(timer);
  if (document.visibilityState === "hidden") return;
  tick();
  timer = setInterval(tick, TICK_MS);
}
document.addEventListener("visibilitychange", follow);
follow();

/** The time of the clock, milliseconds since 1970. What is computed from it is computed again every few seconds. */
export function now(): number {
  void ticks.value;
  return Date.now();
}
