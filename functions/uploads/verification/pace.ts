import type { Ctx } from "../../core/context.ts";
import type { HashName } from "../../kit/hash/hash.ts";
import { perIsolate } from "../../core/isolate.ts";
import { LEARN_BYTES } from "../policy.ts";

/** Bytes a millisecond at which this isolate read and hashed natively, for each set of hashes. */
const pacesOf = perIsolate(() => new Map<string, number>());

export type NativePace = {
  /** Whether the pass, which has come to `bytes`, will probably end before its deadline. */
  endsInTime(bytes: number): boolean;
  /** Remembers the pace that the pass has shown. */
  learn(bytes: number): void;
};

/**
 * Estimates the pace of a native pass over `size` bytes that begins now: at first from earlier passes, soon from its own.
 */
export function nativePace(ctx: Ctx, names: readonly HashName[], size: number, deadline: number): NativePace {
  const { clock } = ctx.deps;
  const paces = pacesOf(ctx.deps);
  const key = names.join();
  const startedAt = clock();
  return {
    endsInTime(bytes) {
      const now = clock();
      const known = bytes >= LEARN_BYTES ? bytes / (now - startedAt) : paces.get(key);
      return now + (known === undefined ? 0 : (size - bytes) / known) < deadline;
    },
    learn(bytes) {
      if (bytes >= LEARN_BYTES) paces.set(key, bytes / Math.max(1, clock() - startedAt));
    },
  };
}
