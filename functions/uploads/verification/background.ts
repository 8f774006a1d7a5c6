import type { Ctx } from "../../core/context.ts";

/** How long work may go on behind an answer. */
export const backgroundMs = (ctx: Ctx) => ctx.deps.config.BACKGROUND_SECONDS * 1000;
