type Pages = AsyncGenerator<readonly unknown[], void>;

/**
 * The JSON text of `{...head, data: [...]}`, written page by page as it is read, so that a list of any length needs the
 * memory of one page. The first page is waited for: what goes wrong before it is thrown here.
 */
export async function streamList(
  head: Record<string, unknown>,
  pages: Pages,
): Promise<ReadableStream<Uint8Array>> {
  const encoder = new TextEncoder();
  const parts = writeParts(head, pages);
  let first: IteratorResult<string, void> | undefined = await parts.next();
  return new ReadableStream<Uint8Array>({
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
}

async function* writeParts(head: Record<string, unknown>, pages: Pages): AsyncGenerator<string, void> {
  let before = `${JSON.stringify(head).slice(0, -1)},"data":[`;
  for await (const page of pages) {
    if (page.length === 0) continue;
    yield before + JSON.stringify(page).slice(1, -1);
    before = ",";
  }
  yield before === "," ? "]}" : `${before}]}`;
}
