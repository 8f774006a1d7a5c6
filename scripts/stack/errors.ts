/** A reason why the stack cannot start, in one line for the person who started it. */
export class StackError extends Error {
  override readonly name = "StackError";
}

/** The message of anything thrown, for one line on a terminal. */
export function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
