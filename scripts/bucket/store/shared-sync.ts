/**
 * One sync at a time: those who ask while one runs share the next, which then covers what all of them wrote. After one that
 * failed, all fail: the system may have dropped what it could not write, and a later success would say nothing.
 * @returns a function that resolves once everything is on the disk that was written before the call
 */
export function sharedSync(sync: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  let failed: { error: unknown } | undefined;

  async function run(): Promise<void> {
    if (failed) throw failed.error;
    try {
      await sync();
    } catch (error) {
      failed = { error };
      throw error;
    } finally {
      running = undefined;
    }
  }

  async function runAfter(earlier: Promise<void>): Promise<void> {
    await earlier.catch(() => undefined);
    next = undefined;
    running = run();
    await running;
  }

  return () => {
    if (running === undefined) return (running = run());
    return (next ??= runAfter(running));
  };
}
