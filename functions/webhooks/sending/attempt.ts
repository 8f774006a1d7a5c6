import type { Ctx } from "../../core/context.ts";
import { callableUrl } from "../../core/outbound/addresses.ts";
import { callOut, OutboundFault } from "../../core/outbound/call-out.ts";
import { VERSION } from "../../core/product.ts";
import type { ClaimedDelivery } from "./due.ts";
import { signedHeaders } from "./signatures.ts";

/** How long an endpoint's whole answer may take. */
const ANSWER_MS = 5_000;
/** Bytes of an answer that are read. */
const ANSWER_BYTES = 4096;
/** UTF-8 bytes of an answer that are kept. */
const KEPT_BYTES = 1024;

/** How an attempt ended. Moments and durations in milliseconds. */
export type Outcome = {
  at: number;
  ms: number;
  /** The HTTP status; null where no answer came. */
  status: number | null;
  /** What went wrong; null where the endpoint took the message. */
  fault: string | null;
  /** The answer's first KiB. */
  answer: string;
};

/** Sends a delivery to its endpoint once. What goes wrong is its outcome. */
export async function attempt(ctx: Ctx, { id, payload, endpoint }: ClaimedDelivery): Promise<Outcome> {
  const { clock, config } = ctx.deps;
  const at = clock();
  const ended = (answered: Pick<Outcome, "status" | "fault" | "answer">) => ({
    at,
    ms: clock() - at,
    ...answered,
  });
  const url = callableUrl(endpoint.url, config.ALLOW_PRIVATE_WEBHOOKS);
  if (!url) return ended({ status: null, fault: "the address must not be called from here", answer: "" });
  try {
    const { status, isRedirect, text } = await callOut(url.href, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "user-agent": `slipway/${VERSION}`,
        ...signedHeaders(ctx.deps, endpoint, { id, payload }, at),
      },
      body: payload,
      ms: ANSWER_MS,
      bytes: ANSWER_BYTES,
    });
    return ended({ status, fault: faultOf(status, isRedirect), answer: firstBytes(text) });
  } catch (error) {
    if (!(error instanceof OutboundFault)) throw error;
    return ended({ status: null, fault: error.message, answer: "" });
  }
}

function faultOf(status: number, isRedirect: boolean): string | null {
  if (status >= 200 && status < 300) return null;
  return isRedirect ? "answers with a redirect, which is not followed" : `answers ${status}`;
}

/** NUL ends a text for some readers of the database. */
function firstBytes(text: string): string {
  const bytes = new TextEncoder().encode(text.replaceAll("\0", "\u{fffd}"));
  const kept = new TextDecoder().decode(bytes.subarray(0, KEPT_BYTES));
  return bytes.length > KEPT_BYTES ? kept.replace(/\u{fffd}+$/u, "") : kept;
}
