import type { UseQueryReturnType } from "@tanstack/vue-query";
import { reactive } from "vue";

/** What `DataPanel` and `PagedList` need to know of a query. */
export const panelOf = <Data>(query: UseQueryReturnType<Data, Error>) =>
  reactive({ isPending: query.isPending, error: query.error, data: query.data, refetch: query.refetch });
