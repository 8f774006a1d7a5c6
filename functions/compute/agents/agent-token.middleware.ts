import { createMiddleware } from "hono/factory";
import type { Context } from "hono";
import { bearerToken } from "../../accounts/authenticate.middleware.ts";
import type { AppEnv } from "../../core/http/request.ts";
import { tokenHash } from "../servers/server-tokens.ts";

/**
 * The hash of the request's agent token, by which the database knows it.
 * @throws AppError INVALID_AGENT_TOKEN for a text that cannot be a token.
 */
export const agentTokenHash = (c: Context<AppEnv>) => tokenHash(bearerToken(c));

/** Refuses requests without a token at once. Which server the token belongs to, the domain finds out in its one batch. */
export const withAgentToken = createMiddleware<AppEnv>(async (c, next) => {
  agentTokenHash(c);
  await next();
});
