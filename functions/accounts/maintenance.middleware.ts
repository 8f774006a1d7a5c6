import { createMiddleware } from "hono/factory";
import { readConfiguration } from "../core/configuration.ts";
import type { AppEnv } from "../core/http/request.ts";
import { inMaintenance } from "./maintenance.ts";

/**
 * Lets administrators alone through while the service is in maintenance; to stand behind `withUser`, where something is
 * changed: what only reads does without it.
 * @throws AppError SERVER_UNAVAILABLE.
 */
export const withMaintenance = createMiddleware<AppEnv>(async (c, next) => {
  const { actor, deps } = c.var;
  const isAdmin = actor.type === "user" && actor.role === "admin";
  if (!isAdmin && (await readConfiguration(deps)).maintenance_mode) throw inMaintenance();
  await next();
});
