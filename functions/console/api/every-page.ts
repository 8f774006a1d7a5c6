/** Everything on a list that the server pages, for what has to look at all of it. @param ask for one page, counted from 1 */
export async function everyPage<Item>(
  ask: (page: number) => Promise<{ items: Item[]; total_pages: number }>,
): Promise<Item[]> {
  const first = await ask(1);
  const others = Array.from({ length: Math.max(0, first.total_pages - 1) }, (_, index) => ask(index + 2));
  return [first, ...(await Promise.all(others))].flatMap(({ items }) => items);
}
