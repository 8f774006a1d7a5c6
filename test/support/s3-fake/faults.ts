import type { Operation } from "./operations.ts";
import { Refusal } from "./wire.ts";

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
  /** Done after `delayMs`. */
  | "delay";

export type Fault = { operation: Operation; kind: FaultKind; times?: number; delayMs?: number };

export function createFaults() {
  const pending: (Fault & { left: number })[] = [];
  return {
    add: (fault: Fault) => pending.push({ ...fault, left: fault.times ?? 1 }),
    /** The fault that this request has to suffer, counted as used. */
    take(operation: Operation): Fault | undefined {
      const fault = pending.find((one) => one.operation === operation && one.left > 0);
      if (fault) fault.left--;
      return fault;
    },
  };
}

export const internalError = () => new Refusal(500, "InternalError", "We encountered an internal error.");
export const slowDown = () => new Refusal(503, "SlowDown", "Please reduce your request rate.");
