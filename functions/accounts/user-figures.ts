import type { SQL } from "drizzle-orm";

/** What the rooms above know of a user, each as a column of a query that reads `users`. */
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

/** Makes figures known, for all isolates: the accounts read no tables but their own. */
export function registerUserFigures(figures: Partial<UserFigures>): void {
  Object.assign(registered, figures);
}

/** The columns of a user's figures. @throws Error for one that no room has registered. */
export function userFigures<Name extends keyof UserFigures>(...names: Name[]): Pick<UserFigures, Name> {
  const missing = names.find((name) => registered[name] === undefined);
  if (missing !== undefined) throw new Error(`nobody has said what a user's ${missing} is`);
  return registered as UserFigures;
}
