import { refusals } from "./http/refusal.ts";
import type { Operation } from "./operation.ts";

type FaultKind =
  /** Refused, nothing done. */
  | "500"
  | "503-slow-down"
  /** Done; half of the answer's body is sent, then the connection is cut. */
  | "truncate"
  /** Done; the connection is cut without an answer. */
  | "lost-answer"
  /** Not done; the error stands in the body of a 200. */
  | "200-with-error"
  /** Done after `delayMs`, or once `until` resolves. */
  | "delay";

export type Fault = {
  operation: Operation;
  kind: FaultKind;
  times?: number;
  delayMs?: number;
  until?: Promise<void>;
};
export type Faults = ReturnType<typeof createFaults>;

/** Faults for tests to order; a bucket that is given none has none. */
export function createFaults() {
  const pending: (Fault & { left: number })[] = [];
  return {
    add: (fault: Fault) => void pending.push({ ...fault, left: fault.times ?? 1 }),
    /** The fault that this request is to suffer; it is then counted as used. */
    take(operation: Operation): Fault | undefined {
      const fault = pending.find((one) => one.operation === operation && one.left > 0);
      if (fault) fault.left--;
      return fault;
    },
  };
}

/** Fails a request that is to fail before anything is done, or delays it. */
export async function suffer(fault: Fault | undefined): Promise<void> {
  if (fault?.kind === "500") throw refusals.internalError();
  if (fault?.kind === "503-slow-down") throw refusals.slowDown();
  if (fault?.kind === "200-with-error") throw refusals.internalError(200);
  if (fault?.kind !== "delay") return;
  await (fault.until ?? new Promise((resolve) => setTimeout(resolve, fault.delayMs ?? 50)));
}
