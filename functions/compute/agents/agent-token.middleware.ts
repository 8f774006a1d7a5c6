import { createMiddleware } from "hono/factory";
import type { Context } from "hono";
import { bearerToken } from "../../accounts/authenticate.middleware.ts";
import type { AppEnv } from "../../core/http/request.ts";
import { tokenHash } from "../servers/server-tokens.ts";

/** The hash of the request's agent token, which the database knows it by. @throws AppError INVALID_AGENT_TOKEN for what cannot be one. */
export const agentTokenHash = (c: Context<AppEnv>) => tokenHash(bearerToken(c));

/** Refuses requests without a token at once; whose token it is, the domain finds out in its one batch. */
export const withAgentToken = createMiddleware<AppEnv>(async (c, next) => {
  agentTokenHash(c);
  await next();
});
