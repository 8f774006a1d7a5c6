import type { SQL } from "drizzle-orm";

/** What the rooms above this one know of a user, each as a column of a query that reads `users`. */
export type UserFigures = {
  /** Hundredths. */
  balance: SQL<number>;
  totalTasks: SQL<number>;
  completedTasks: SQL<number>;
  failedTasks: SQL<number>;
  /** When the newest task was made, in milliseconds since 1970. */
  lastTaskAt: SQL<number | null>;
};

const registered: Partial<UserFigures> = {};

/**
 * Makes figures known to all isolates. The rooms above hand them in, because accounts may not read the tables of those
 * rooms.
 */
export function registerUserFigures(figures: Partial<UserFigures>): void {
  Object.assign(registered, figures);
}

/** The columns of a user's figures. @throws Error for one that no room has registered. */
export function userFigures<Name extends keyof UserFigures>(...names: Name[]): Pick<UserFigures, Name> {
  const missing = names.find((name) => registered[name] === undefined);
  if (missing !== undefined) throw new Error(`nobody has said what a user's ${missing} is`);
  return registered as UserFigures;
}
