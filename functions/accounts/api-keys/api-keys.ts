import type { Actor, Scope } from "../../core/context.ts";
import type { Deps } from "../../core/deps.ts";
import { AppError } from "../../core/errors.ts";
import { findKey } from "./find-key.ts";

/** Software that a refusal names. */
const MOST_NAMED = 10;

/**
 * Who a presented key belongs to: the key of the settings, which may do everything, or one of the database's.
 * @throws AppError INVALID_API_KEY for any other key, whatever is wrong with it.
 */
export async function authenticateKey(deps: Deps, presented: string): Promise<Actor> {
  const actor = await actorOfKey(deps, presented);
  if (!actor) throw new AppError("INVALID_API_KEY");
  return actor;
}

/** The same; undefined for any other key. */
export async function actorOfKey(deps: Deps, presented: string): Promise<Actor | undefined> {
  const key = await findKey(deps, presented);
  return key && { type: "api_key", id: key.id, scopes: key.scopes, software: key.software };
}

/**
 * Lets through keys of this scope and administrators.
 * @param software the slug that the request is about, as soon as it is known: a key may be limited to others
 * @throws AppError INVALID_API_KEY without a key, INSUFFICIENT_SCOPE for one that may not do this, ACCESS_DENIED for
 * other users.
 */
export function requireScope(actor: Actor, scope: Scope, software?: string): void {
  if (actor.type === "system") return;
  if (actor.type === "user") {
    if (actor.role !== "admin") throw new AppError("ACCESS_DENIED");
    return;
  }
  if (actor.type !== "api_key") throw new AppError("INVALID_API_KEY");
  if (!actor.scopes.includes(scope)) throw new AppError("INSUFFICIENT_SCOPE", { scope });
  const isCovered = software === undefined ? isLimitable(scope) : actor.software?.includes(software);
  if (actor.software && !isCovered) throw notItsSoftware(actor);
}

/** What a key limited to some software may be used for: the other scopes are about all of it. */
export const isLimitable = (scope: Scope) =>
  scope === "packages:read" || scope === "packages:write" || scope === "webhooks:admin";

/** The slugs that an actor is limited to; undefined where it may touch all software. */
export const limitsOf = (actor: Actor): readonly string[] | undefined =>
  actor.type === "api_key" ? actor.software : undefined;

/** The refusal of a key that is limited to other software. */
export function notItsSoftware(actor: Actor): AppError {
  const names = limitsOf(actor) ?? [];
  const shown = names.slice(0, MOST_NAMED).join(", ") + (names.length > MOST_NAMED ? ", ..." : "");
  return new AppError("INSUFFICIENT_SCOPE", { instead: "key.limited", software: shown });
}
