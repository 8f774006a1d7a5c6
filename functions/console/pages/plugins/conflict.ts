import type { Failure } from "../../api/failure.ts";
import type { Conflict } from "./plugin-queries.ts";

/** What keeps an installation from being possible, where a refusal says that. */
export function conflictOf(failure: Failure): Conflict | undefined {
  const isConflict = failure.status === 409 && typeof failure.data === "object" && failure.data !== null;
  return isConflict ? (failure.data as Conflict) : undefined;
}
