import { limitsOf, notItsSoftware, requireScope } from "../accounts/api-keys/api-keys.ts";
import type { Actor, Scope } from "../core/context.ts";

/** What a rollout is of, as far as it decides who may see or change it. `software` is a slug, null for a plugin's. */
export type Subject = { software: string | null };

/**
 * Refuses whoever may not change rollouts, or not this one. A key that is limited to some software may change none of
 * plugins.
 * @throws AppError INVALID_API_KEY, INSUFFICIENT_SCOPE, ACCESS_DENIED
 */
export function requireSteering(actor: Actor, subject?: Subject): void {
  requireAccess(actor, "packages:write", subject);
}

/** The same for whoever only looks: a key that may publish may look, too. */
export function requireSight(actor: Actor, subject?: Subject): void {
  const mayPublish = actor.type === "api_key" && actor.scopes.includes("packages:write");
  requireAccess(actor, mayPublish ? "packages:write" : "packages:read", subject);
}

function requireAccess(actor: Actor, scope: Scope, subject?: Subject): void {
  requireScope(actor, scope, subject?.software ?? undefined);
  if (subject?.software === null && limitsOf(actor)) throw notItsSoftware(actor);
}
