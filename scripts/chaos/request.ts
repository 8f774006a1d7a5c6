/** Longer than the Worker may take for a request, shorter than anybody waits. */
const TIMEOUT_MS = 40_000;

export type Answer = { status: number; body: Record<string, unknown>; headers: Headers };

/**
 * Sends one request whose answer is JSON. Redirects are not followed.
 * @returns null where no complete answer came: the server was away, or went away
 */
export async function ask(url: string, init: RequestInit = {}): Promise<Answer | null> {
  try {
    const headers = new Headers(init.headers);
    // No connection is kept, because one to a server that has ended since would only fail.
    headers.set("connection", "close");
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const answer = await fetch(url, { ...init, headers, signal, redirect: "manual" });
    const text = await answer.text();
    return { status: answer.status, body: parse(text), headers: answer.headers };
  } catch {
    return null;
  }
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}

/** Whether a request may be repeated: no answer, or one that says "not now". */
export function isTransient(answer: Answer | null): answer is null {
  return answer === null || answer.status >= 500 || answer.status === 429;
}
