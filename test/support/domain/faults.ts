import type { Deps } from "../../../functions/core/deps.ts";
import { unavailable } from "../../../functions/core/errors.ts";
import { StorageError, type Storage } from "../../../functions/storage/storage.ts";

/** One call goes wrong, or the isolate ends there; before the call had an effect, or after it with its answer lost. */
export const faultModes = ["fails before", "fails after", "dies before", "dies after"] as const;
export type FaultMode = (typeof faultModes)[number];

type Call = (...args: never[]) => Promise<unknown>;

/** Dependencies whose `at`-th call of the database or the bucket (from 1) goes wrong as `mode` says. */
export function failingAt(deps: Deps, at: number, mode: FaultMode) {
  let calls = 0;
  const wrap = <T extends Call>(call: T, fault: () => Error): T =>
    (async (...args: Parameters<T>) => {
      const number = ++calls;
      const dead = mode.startsWith("dies") && number > at;
      if (dead || (number === at && mode.endsWith("before"))) throw fault();
      const answer = await call(...args);
      if (number === at || (mode.startsWith("dies") && calls > at && number >= at)) throw fault();
      return answer;
    }) as T;

  const lostDatabase = () => unavailable(new Error("injected"));
  const lostBucket = () => new StorageError("unavailable", "injected");
  const storage = Object.fromEntries(
    Object.entries(deps.storage).map(([name, call]) => [name, wrap(call as Call, lostBucket)]),
  ) as unknown as Storage;
  const db = Object.fromEntries(
    Object.entries(deps.db).map(([name, call]) => [name, wrap(call as Call, lostDatabase)]),
  ) as unknown as Deps["db"];
  return { deps: { ...deps, db, storage }, reached: () => calls >= at };
}

/** Runs `scenario` with the fault at every call in turn, until a run ends without reaching it. @returns the calls there were */
export async function atEveryCall(scenario: (at: number) => Promise<boolean>): Promise<number> {
  for (let at = 1; ; at++) if (!(await scenario(at))) return at - 1;
}
