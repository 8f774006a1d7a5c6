/** npm passes on a Ctrl-C that the terminal has sent to this process already. Two signals within this time count as one. */
const SAME_CTRL_C_MS = 500;

/** Resolves at the first Ctrl-C or SIGTERM; a second one ends this process at once, and its guard ends the servers. */
export function onStopSignal(): Promise<void> {
  return new Promise((resolve) => {
    let first: number | undefined;
    const handle = () => {
      if (first === undefined) {
        first = Date.now();
        resolve();
      } else if (Date.now() - first > SAME_CTRL_C_MS) {
        process.exit(1);
      }
    };
    process.on("SIGINT", handle).on("SIGTERM", handle).on("SIGHUP", handle);
  });
}
