import { dayBefore } from "../statistics/days.ts";
import { useBusiest, useDaily } from "../statistics/use-statistics.ts";

const DAYS = 30;

/** The software with the most versions, and what happened to it in the last 30 days; asked for once for all panels. */
export function useBusiestDays() {
  const busiest = useBusiest();
  const daily = useDaily(
    () => busiest.data.value?.software ?? "",
    () => ({ from: dayBefore(DAYS - 1), to: dayBefore(0) }),
  );
  return { busiest, daily };
}
