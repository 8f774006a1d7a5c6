import type { Deps } from "./deps.ts";
import type { Locale } from "./locale/locale.ts";
import { isStopping } from "./stopping.ts";

export const scopes = [
  "packages:read",
  "packages:write",
  "storage:admin",
  "keys:admin",
  "webhooks:admin",
  "metrics:read",
] as const;
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
  /** What begins once all this is done. */
  later: Later;
  /**
   * Asked before each slice of long work. The answer is no once this isolate is to stop, or once a job's run has lost its
   * lease.
   */
  mayGoOn: () => boolean;
};

/**
 * Work that waits for the end of what is under way: the answer to a request, the tick, the work behind an answer. The same
 * function waits once, however often it is added. Like everything behind an answer, it may be lost.
 */
export type Later = { add: (work: (ctx: Ctx) => Promise<void>) => void; begin: () => void };

export const nobody: Actor = { type: "nobody" };

/** The name that audit rows and logs give an actor. */
export function actorName(actor: Actor): string {
  if (actor.type === "api_key") return `key:${actor.id}`;
  return actor.type === "user" ? actor.id : actor.type;
}

/** The domain's context of a cron tick. */
export function systemContext(deps: Deps, waitUntil: WaitUntil): Ctx {
  return {
    ...workingContext(deps, waitUntil, createLater(deps, waitUntil)),
    actor: { type: "system" },
    locale: deps.config.DEFAULT_LOCALE,
    origin: () => publicOrigin(deps),
  };
}

type WaitUntil = (work: Promise<unknown>) => void;

/** What contexts of requests and of ticks have in common. @param waitUntil keeps the isolate alive */
export const workingContext = (deps: Deps, waitUntil: WaitUntil, later: Later) => ({
  deps,
  later,
  waitUntil: (work: Promise<unknown>) => waitUntil(reported(deps, work).then(() => later.begin())),
  mayGoOn: () => !isStopping(deps),
});

export function createLater(deps: Deps, waitUntil: WaitUntil): Later {
  const waiting = new Set<(ctx: Ctx) => Promise<void>>();
  return {
    add: (work) => void waiting.add(work),
    begin() {
      for (const work of Array.from(waiting)) {
        waiting.delete(work);
        const ctx = systemContext(deps, waitUntil);
        waitUntil(reported(deps, work(ctx)).then(() => ctx.later.begin()));
      }
    },
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
async function reported(deps: Deps, work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    deps.log.error("background work failed", { error });
  }
}
