/** Milliseconds that requests under way may take when the stack stops. */
const FINISH_MS = 5000;
const STEP_MS = 10;

export type Gate = {
  readonly closed: boolean;
  enter: () => void;
  leave: () => void;
  /** The answer to a request that comes after the gate was closed. */
  refusal: () => Response;
  /** Closes the gate; resolves when all requests under way are answered, or after 5 seconds. */
  close: () => Promise<void>;
};

/** Counts the requests under way, so that a stop can wait for their answers. */
export function createGate(): Gate {
  let closed = false;
  let underWay = 0;
  return {
    get closed() {
      return closed;
    },
    enter: () => void underWay++,
    leave: () => void underWay--,
    refusal: () =>
      new Response("The server is stopping.\n", { status: 503, headers: { "Retry-After": "5" } }),
    async close() {
      closed = true;
      const late = Date.now() + FINISH_MS;
      const isBusy = () => underWay > 0 && Date.now() < late;
      while (isBusy()) await new Promise((resolve) => setTimeout(resolve, STEP_MS));
    },
  };
}
