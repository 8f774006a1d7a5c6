/** What a call is, and how much of an answer is worth waiting for. */
export type OutboundCall = {
  method: "GET" | "POST";
  headers: Record<string, string>;
  body?: string | undefined;
  /** Milliseconds that the whole answer may take. */
  ms: number;
  /** Bytes of the answer that are read. */
  bytes: number;
};

export type OutboundAnswer = {
  status: number;
  isRedirect: boolean;
  /** The answer's beginning, as text. */
  text: string;
  /** Whether there was more of it. */
  isCut: boolean;
};

/** Why no answer came, in a few words for administrators. It repeats nothing of the network's own words. */
export class OutboundFault extends Error {
  override readonly name = "OutboundFault";
}

/**
 * Calls an address that somebody gave this server; which ones may be called, the caller has checked. Redirects are not
 * followed, and no more of the answer is read than was asked for.
 * @throws OutboundFault where no answer came in time.
 */
export async function callOut(url: string, call: OutboundCall): Promise<OutboundAnswer> {
  const { method, headers, body, ms, bytes } = call;
  const signal = AbortSignal.timeout(ms);
  try {
    const options = { method, headers, signal, redirect: "manual" } as const;
    const answer = await fetch(url, body === undefined ? options : { ...options, body });
    const isRedirect = answer.status === 0 || (answer.status >= 300 && answer.status < 400);
    return { status: answer.status, isRedirect, ...(await readStart(answer.body, bytes)) };
  } catch (error) {
    const fault = signal.aborted ? `no answer within ${ms / 1000} seconds` : "cannot be reached";
    throw new OutboundFault(fault, { cause: error });
  }
}

async function readStart(body: ReadableStream<Uint8Array> | null, most: number) {
  if (!body) return { text: "", isCut: false };
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let [text, bytes] = ["", 0];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return { text: text + decoder.decode(), isCut: false };
    const room = most - bytes;
    bytes += value.length;
    text += decoder.decode(value.subarray(0, room), { stream: true });
    if (bytes <= most) continue;
    await reader.cancel().catch(() => undefined);
    return { text, isCut: true };
  }
}
