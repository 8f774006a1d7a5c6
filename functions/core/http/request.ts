import type { Context } from "hono";
import { createLater, workingContext, type Actor, type Ctx, type Later } from "../context.ts";
import type { Deps } from "../deps.ts";
import type { Locale } from "../locale/locale.ts";

export type AppEnv = {
  Variables: {
    deps: Deps;
    requestId: string;
    locale: Locale;
    actor: Actor;
    hasStandardHeaders?: boolean;
    later?: Later;
  };
};

/** The domain's context of a request. */
export function contextOf(c: Context<AppEnv>): Ctx {
  const { deps, actor, locale } = c.var;
  const waitUntil = (work: Promise<unknown>) => c.executionCtx.waitUntil(work);
  const later = c.var.later ?? createLater(deps, waitUntil);
  c.set("later", later);
  return {
    ...workingContext(deps, waitUntil, later),
    actor,
    locale,
    origin: () => new URL(c.req.url).origin,
  };
}
