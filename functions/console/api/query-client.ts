import { QueryClient } from "@tanstack/vue-query";
import { asFailure } from "./failure.ts";

/** An answer this fresh is shown without asking again. Milliseconds. */
const FRESH_MS = 10_000;
/** Asked again this often where the server itself had trouble; what it refuses, it refuses again. */
const RETRIES = 2;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: FRESH_MS,
      retry: (times, error) => times < RETRIES && asFailure(error).status >= 500,
    },
  },
});

/**
 * For `useQuery`: asks again every so many seconds, only while somebody looks at the page.
 *
 *     useQuery({ queryKey: ["tasks"], queryFn, ...live(5) })
 */
export const live = (seconds: number) => ({
  refetchInterval: seconds * 1000,
  refetchIntervalInBackground: false,
});
