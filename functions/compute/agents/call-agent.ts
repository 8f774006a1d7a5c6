import type { Ctx } from "../../core/context.ts";
import { callOut, OutboundFault } from "../../core/outbound/call-out.ts";
import { checkAgentUrl } from "../servers/server-address.ts";
import { agentToken } from "../servers/server-tokens.ts";

/** How long an agent's whole answer may take. An agent that needs longer counts as not answering. */
const ANSWER_MS = 5_000;
/** The longest answer that is read: five times a report of 1,000 tasks on 64 GPUs. */
const ANSWER_BYTES = 1024 * 1024;

/** A server whose agent is called. */
export type CalledServer = { id: string; agentUrl: string; tokenVersion: number };

/** What went wrong with a call, in a few words for administrators. It repeats nothing that the agent sent. */
export class AgentFault extends Error {
  override readonly name = "AgentFault";
}

type Call = { method: "GET" | "POST"; path: string; body?: unknown };

/**
 * Calls a server's agent, with the token that both know. Redirects are not followed; at most 1 MiB of the answer is read,
 * for at most 5 seconds.
 * @returns the status and, of a JSON answer, its value
 * @throws AgentFault
 */
export async function callAgent(
  ctx: Ctx,
  server: CalledServer,
  { method, path, body }: Call,
): Promise<{ status: number; value: unknown }> {
  const headers = {
    authorization: `Bearer ${agentToken(ctx.deps, server.id, server.tokenVersion)}`,
    accept: "application/json",
    ...(body !== undefined && { "content-type": "application/json" }),
  };
  try {
    const { status, isRedirect, text, isCut } = await callOut(checkAgentUrl(ctx, server.agentUrl) + path, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      ms: ANSWER_MS,
      bytes: ANSWER_BYTES,
    });
    if (isRedirect) throw new AgentFault("answers with a redirect");
    if (isCut) throw new AgentFault("answers more than 1 MiB");
    return { status, value: parse(text) };
  } catch (error) {
    if (error instanceof OutboundFault) throw new AgentFault(error.message, { cause: error });
    if (error instanceof AgentFault) throw error;
    throw new AgentFault("cannot be reached", { cause: error });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
