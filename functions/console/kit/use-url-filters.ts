import { computed, toValue, type MaybeRef, type WritableComputedRef } from "vue";
import { useRoute, useRouter } from "vue-router";

type Values = Record<string, MaybeRef<string>>;

/**
 * Filters that live in the address, so that every view has a link. What has its initial value is not shown there; that may come
 * later, as a ref. A changed
 * filter leads back to the first page.
 *
 *     const filters = useUrlFilters({ search: "", status: "all" });
 *     filters.search.value = "ana"   // ?search=ana
 */
export function useUrlFilters<T extends Values>(
  initial: T,
): { [Name in keyof T]: WritableComputedRef<string> } {
  const [route, router] = [useRoute(), useRouter()];
  const bind = (name: string, start: MaybeRef<string>) =>
    computed({
      get: () => textOf(route.query[name]) ?? toValue(start),
      set: (value) => {
        const { page: _page, [name]: _before, ...others } = route.query;
        void router.replace({ query: value === toValue(start) ? others : { ...others, [name]: value } });
      },
    });
  const entries = Object.entries(initial).map(([name, start]) => [name, bind(name, start)]);
  return Object.fromEntries(entries) as { [Name in keyof T]: WritableComputedRef<string> };
}

/** The page of a list, counted from 1, in the address. */
export function useUrlPage(): WritableComputedRef<number> {
  const [route, router] = [useRoute(), useRouter()];
  return computed({
    get: () => Math.max(1, Math.trunc(Number(textOf(route.query.page))) || 1),
    set: (page) => {
      const { page: _before, ...others } = route.query;
      void router.push({ query: page === 1 ? others : { ...others, page: String(page) } });
    },
  });
}

const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
