type Pages = AsyncGenerator<readonly unknown[], void>;

/** The JSON text of an object, left open for further fields. */
export const beginObject = (fields: Record<string, unknown>) => `${JSON.stringify(fields).slice(0, -1)},`;

/**
 * A JSON answer with a list in it. The list is written page by page as it is read, so that any length needs the memory of
 * one page. The first page is awaited here, so that a failure before it is thrown to the caller.
 * @param before the JSON text up to the list's first item
 * @param after the JSON text after the last of `count` items
 */
export async function answerList(
  before: string,
  pages: Pages,
  after: (count: number) => string,
): Promise<Response> {
  const encoder = new TextEncoder();
  const parts = writeParts(before, pages, after);
  let first: IteratorResult<string, void> | undefined = await parts.next();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const part = first ?? (await parts.next());
      first = undefined;
      if (part.done) controller.close();
      else controller.enqueue(encoder.encode(part.value));
    },
    async cancel() {
      await parts.return();
    },
  });
  return new Response(body, { headers: { "Content-Type": "application/json" } });
}

async function* writeParts(
  before: string,
  pages: Pages,
  after: (count: number) => string,
): AsyncGenerator<string, void> {
  let count = 0;
  for await (const page of pages) {
    if (page.length === 0) continue;
    yield (count === 0 ? before : ",") + JSON.stringify(page).slice(1, -1);
    count += page.length;
  }
  yield count === 0 ? before + after(0) : after(count);
}
