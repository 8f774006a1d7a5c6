import type { Ctx } from "../../core/context.ts";
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
  const signal = AbortSignal.timeout(ANSWER_MS);
  const headers = {
    authorization: `Bearer ${agentToken(ctx.deps, server.id, server.tokenVersion)}`,
    accept: "application/json",
    ...(body !== undefined && { "content-type": "application/json" }),
  };
  try {
    const answer = await fetch(checkAgentUrl(ctx, server.agentUrl) + path, {
      method,
      headers,
      signal,
      redirect: "manual",
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (answer.status === 0 || (answer.status >= 300 && answer.status < 400)) {
      await answer.body?.cancel();
      throw new AgentFault("answers with a redirect");
    }
    return { status: answer.status, value: parse(await readText(answer.body)) };
  } catch (error) {
    if (error instanceof AgentFault) throw error;
    const isLate = signal.aborted;
    throw new AgentFault(isLate ? "no answer within 5 seconds" : "cannot be reached", { cause: error });
  }
}

async function readText(body: ReadableStream<Uint8Array> | null): Promise<string> {
  if (!body) return "";
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let [text, bytes] = ["", 0];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.length;
    if (bytes > ANSWER_BYTES) {
      await reader.cancel().catch(() => undefined);
      throw new AgentFault("answers more than 1 MiB");
    }
    text += decoder.decode(value, { stream: true });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
