/** Connections that one Worker invocation may have open at once. */
const CONNECTIONS = 6;

/** Runs `work` for each item, six at a time. */
export async function forEachAgent<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const rest = items.values();
  const worker = async () => {
    for (const item of rest) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(CONNECTIONS, items.length) }, worker));
}
