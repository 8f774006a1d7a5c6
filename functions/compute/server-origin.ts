import type { Ctx } from "../core/context.ts";

/**
 * What this server's addresses begin with for those whom it calls itself; empty where nobody has said, so that they are
 * relative to the address that an agent knows. A request's own Host is not asked: its sender could choose where tokens go.
 */
export const publicOrigin = (ctx: Ctx): string =>
  ctx.deps.config.PUBLIC_URL === undefined ? "" : new URL(ctx.deps.config.PUBLIC_URL).origin;
