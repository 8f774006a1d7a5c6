import { createMiddleware } from "hono/factory";
import type { Context } from "hono";
import { bearerToken } from "../../accounts/authenticate.middleware.ts";
import type { AppEnv } from "../../core/http/request.ts";
import { tokenHash } from "../servers/server-tokens.ts";

/** What the database knows the request's agent token by. @throws AppError INVALID_AGENT_TOKEN for what cannot be one. */
export const agentTokenHash = (c: Context<AppEnv>) => tokenHash(bearerToken(c));

/** Refuses requests without a token before they are looked at; whose it is, the domain's one batch finds out. */
export const withAgentToken = createMiddleware<AppEnv>(async (c, next) => {
  agentTokenHash(c);
  await next();
});
