import { createHmac } from "node:crypto";
import type { Deps } from "../../core/deps.ts";
import { AppError } from "../../core/errors.ts";
import { sha256Hex } from "../../kit/hash/hash.ts";

/** The version that a new server's token has. */
export const FIRST_TOKEN = 1;

/**
 * The token that a server's agent and this server show each other: derived, so that it can be shown to the agent without
 * being stored. Another version is another token.
 */
export function agentToken(deps: Deps, serverId: string, version: number): string {
  const mac = createHmac("sha256", deps.config.JWT_SECRET).update(`agent-token:${serverId}:${version}`);
  return `gpa_${mac.digest("base64url")}`;
}

/** What is stored of a token. @throws AppError INVALID_AGENT_TOKEN for what cannot be one. */
export function tokenHash(presented: string | undefined): string {
  if (presented === undefined || !/^gpa_[\w-]{43}$/.test(presented))
    throw new AppError("INVALID_AGENT_TOKEN");
  return sha256Hex(presented);
}
