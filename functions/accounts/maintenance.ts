import { createMiddleware } from "hono/factory";
import { readConfiguration } from "../core/configuration.ts";
import type { AppEnv } from "../core/context.ts";
import { AppError } from "../core/errors.ts";

/** Seconds after which it is worth asking whether the maintenance is over. */
const RETRY_SECONDS = 60;

/** The refusal while the service is in maintenance. */
export const inMaintenance = () => new AppError("SERVER_UNAVAILABLE", {}, { retryAfter: RETRY_SECONDS });

/**
 * Lets administrators alone through while the service is in maintenance; to stand behind `withUser`.
 * @throws AppError SERVER_UNAVAILABLE.
 */
export const withMaintenance = createMiddleware<AppEnv>(async (c, next) => {
  const { actor, deps } = c.var;
  const isAdmin = actor.type === "user" && actor.role === "admin";
  if (!isAdmin && (await readConfiguration(deps)).maintenance_mode) throw inMaintenance();
  await next();
});
