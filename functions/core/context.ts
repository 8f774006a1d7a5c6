import type { Deps } from "./deps.ts";
import type { Locale } from "./locale/locale.ts";
import { isStopping } from "./stopping.ts";

export const scopes = ["packages:read", "packages:write", "storage:admin", "keys:admin"] as const;
export type Scope = (typeof scopes)[number];

/** Who makes a request. */
export type Actor =
  | { type: "nobody" }
  | { type: "system" }
  /** `software`: the slugs that the key is limited to; absent for all software. */
  | { type: "api_key"; id: string; scopes: readonly Scope[]; software?: readonly string[] | undefined }
  | UserActor;

/** Somebody signed in. `sessionKey` is the session's row. */
export type UserActor = {
  type: "user";
  id: string;
  username: string;
  role: "user" | "admin";
  sessionKey: string;
};

/** What a domain function is given beside its input. */
export type Ctx = {
  deps: Deps;
  actor: Actor;
  /** The language of messages that are part of an answer. */
  locale: Locale;
  /** The beginning of this server's own addresses, as the client that is answered knows it; empty where nobody has said. */
  origin: () => string;
  /** Keeps work alive after the answer. Nothing may depend on it that must not be lost. */
  waitUntil: (work: Promise<unknown>) => void;
  /**
   * Asked before each slice of long work. The answer is no once this isolate is to stop, or once a job's run has lost its
   * lease.
   */
  mayGoOn: () => boolean;
};

export const nobody: Actor = { type: "nobody" };

/** The name that audit rows and logs give an actor. */
export function actorName(actor: Actor): string {
  if (actor.type === "api_key") return `key:${actor.id}`;
  return actor.type === "user" ? actor.id : actor.type;
}

/** The domain's context of a cron tick. */
export function systemContext(deps: Deps, waitUntil: (work: Promise<unknown>) => void): Ctx {
  return {
    deps,
    actor: { type: "system" },
    locale: deps.config.DEFAULT_LOCALE,
    origin: () => publicOrigin(deps),
    waitUntil: (work) => waitUntil(reported(deps, work)),
    mayGoOn: () => !isStopping(deps),
  };
}

/**
 * The beginning of this server's addresses, for agents that the server calls. Empty where no setting says it: addresses are
 * then relative to the one that the agent knows. A request's own Host is not asked, because its sender could choose where
 * tokens go.
 */
export const publicOrigin = ({ config }: Deps): string =>
  config.PUBLIC_URL === undefined ? "" : new URL(config.PUBLIC_URL).origin;

/** Makes a signed URL absolute for an answer's body, where the client could not know what a relative one refers to. */
export const absoluteUrl = (ctx: Pick<Ctx, "origin">, url: string): string =>
  url.startsWith("/") ? ctx.origin() + url : url;

/** Runs work that goes on after the answer. Only the log is told when it fails. */
export async function reported(deps: Deps, work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    deps.log.error("background work failed", { error });
  }
}
