import type { Context } from "hono";
import { reported, type Actor, type Ctx } from "../context.ts";
import type { Deps } from "../deps.ts";
import type { Locale } from "../locale/locale.ts";
import { isStopping } from "../stopping.ts";

export type AppEnv = {
  Variables: { deps: Deps; requestId: string; locale: Locale; actor: Actor; hasStandardHeaders?: boolean };
};

/** The domain's context of a request. */
export function contextOf(c: Context<AppEnv>): Ctx {
  const { deps, actor, locale } = c.var;
  return {
    deps,
    actor,
    locale,
    origin: () => new URL(c.req.url).origin,
    waitUntil: (work) => c.executionCtx.waitUntil(reported(deps, work)),
    mayGoOn: () => !isStopping(deps),
  };
}
