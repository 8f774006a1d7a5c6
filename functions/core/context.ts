import type { Deps } from "./deps.ts";
import type { Locale } from "./locale/locale.ts";
import { isStopping } from "./stopping.ts";

export const scopes = ["packages:read", "packages:write", "storage:admin", "keys:admin"] as const;
export type Scope = (typeof scopes)[number];

/** Who asks. */
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

/** What a domain function needs beside its input. */
export type Ctx = {
  deps: Deps;
  actor: Actor;
  /** The language of messages that are part of an answer. */
  locale: Locale;
  /** What this server's own addresses begin with for whoever is answered; empty where nobody has said. */
  origin: () => string;
  /** Keeps work alive after the answer; nothing whose loss would be wrong may depend on it. */
  waitUntil: (work: Promise<unknown>) => void;
  /** Asked before each slice of long work: no once this isolate is to stop, or once a job's run has lost its lease. */
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
 * What this server's addresses begin with for those whom it calls itself; empty where nobody has said, so that they are
 * relative to the address that an agent knows. A request's own Host is not asked: its sender could choose where tokens go.
 */
export const publicOrigin = ({ config }: Deps): string =>
  config.PUBLIC_URL === undefined ? "" : new URL(config.PUBLIC_URL).origin;

/** A signed URL as it goes into an answer's body, where a relative one would be relative to nothing. */
export const absoluteUrl = (ctx: Pick<Ctx, "origin">, url: string): string =>
  url.startsWith("/") ? ctx.origin() + url : url;

/** Work that goes on behind an answer: its failure is told to the log alone. */
export async function reported(deps: Deps, work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    deps.log.error("background work failed", { error });
  }
}
