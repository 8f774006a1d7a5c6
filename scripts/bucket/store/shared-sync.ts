/**
 * Runs one sync at a time. All who ask while one runs share the next, which covers what each of them wrote. After a failure
 * every sync fails: the system may have dropped what it could not write, and a later success would prove nothing.
 * @returns a function that resolves once everything that was written before the call is on the disk
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
