import { z } from "zod";

/** Pages beyond this are empty, like this one. */
const MAX_PAGE = 1_000_000_000;
/** Items in one page of a list. */
const MAX_PAGE_SIZE = 100;
const DEFAULT_PAGE_SIZE = 20;

/** Which part of a list is asked for. */
export type Paging = { page: number; page_size: number };

/** One part of a list, and how long all of it is. */
export type Page<T> = { items: T[]; total: number; page: number; page_size: number; total_pages: number };

/** The query of a list in the compute surface's terms; `.extend()` it by a list's own filters. */
export function pagingQuery(sizes: { usual?: number; most?: number } = {}) {
  const { usual = DEFAULT_PAGE_SIZE, most = MAX_PAGE_SIZE } = sizes;
  return z.object({
    page: z.coerce.number().int().min(1).max(MAX_PAGE).default(1),
    page_size: z.coerce.number().int().min(1).max(most).default(usual),
  });
}

/** What a query has to skip for this page. */
export const offsetOf = ({ page, page_size }: Paging): number => (page - 1) * page_size;

/** The page that these items are, of a list of `total`. */
export function pageOf<T>(items: T[], total: number, { page, page_size }: Paging): Page<T> {
  return { items, total, page, page_size, total_pages: Math.ceil(total / page_size) };
}

/** The shape of a page of such items. */
export function pageSchema<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item),
    total: z.int().meta({ description: "Items on all pages" }),
    page: z.int(),
    page_size: z.int(),
    total_pages: z.int(),
  });
}

/** Longer than anything that people search for. */
const MAX_SEARCH = 200;

export const searchText = z.string().trim().min(1).max(MAX_SEARCH);
