type Send = (request: Request) => Promise<Response>;

/** sqld ends a stream that was idle for 10 s. */
const IDLE_MS = 5_000;
/**
 * How long a stream is kept. What sqld is told of a database holds for the streams that are opened later: whether each commit
 * is synced to disk, which it learns only after it has started.
 */
const KEPT_MS = 60_000;
/**
 * Streams that an isolate keeps open. sqld has 128 connections for everybody. A request that comes while all of these are in
 * use gets a stream of its own, which ends with it.
 */
const MOST_OPEN = 8;

/** Longer than the database may take for an answer. */
const LONGEST_USE_MS = 30_000;

const OPENING = '{"requests":[';
const CLOSE_REQUEST = ',{"type":"close"}]}';
const CLOSE_RESULT = ',{"type":"ok","response":{"type":"close"}}]}';
const CLOSE_SQL_RESULT = ',{"type":"ok","response":{"type":"close_sql"}}';
const CLOSED = { type: "ok", response: { type: "close" } };
const BATON = /^\{"baton":("(?:[^"\\]|\\.)*"),"base_url":null,"results":\[/;

type Stream = { baton: string; openedAt: number; usedAt: number };

/**
 * Keeps a libSQL server's streams open from one request to the next (Hrana over HTTP, version 2). The client opens one for
 * each request and closes it with the same; for sqld each is a new connection that reads the whole schema, which costs two
 * thirds of what a request costs. A stream serves one request at a time. No transaction is open between two: each batch
 * begins and ends its own.
 * @param send how requests reach the server
 * @param clock milliseconds
 */
export function keepStreams(send: Send, clock: () => number = Date.now): Send {
  const idle: Stream[] = [];
  /** When each use of a stream began. A use whose request was cut off may never end. */
  const uses = new Set<{ since: number }>();

  function take(): Stream | undefined {
    for (let stream = idle.pop(); stream; stream = idle.pop()) {
      if (clock() - stream.usedAt >= IDLE_MS) break;
      if (clock() - stream.openedAt < KEPT_MS) return stream;
    }
    // The other streams have been idle for longer. Whatever is not asked for, the server ends by itself.
    idle.length = 0;
    return undefined;
  }

  function hasRoom(): boolean {
    if (uses.size < MOST_OPEN) return true;
    for (const use of uses) if (clock() - use.since > LONGEST_USE_MS) uses.delete(use);
    return uses.size < MOST_OPEN;
  }

  async function ask(request: Request, text: string, stream: Stream | undefined): Promise<Response> {
    const openedAt = stream?.openedAt ?? clock();
    const { body, stored } = withoutClose(text, stream?.baton);
    const { url, method, headers, signal } = request;
    const answer = await send(new Request(url, { method, headers, signal, body }));
    // The server refused the request before anything ran: it has ended the stream, or was restarted.
    if (answer.status === 400 && stream) return ask(request, text, undefined);
    const said = await answer.text();
    if (!answer.ok) return new Response(said, answer);
    const next = BATON.exec(said)?.[1];
    const results = next === undefined ? undefined : withClose(said, stored);
    if (next !== undefined && results !== undefined) idle.push({ baton: next, openedAt, usedAt: clock() });
    return new Response(results ?? withCloseAdded(said, stored), {
      headers: { "content-type": "application/json" },
    });
  }

  return async (request) => {
    if (request.method !== "POST") return send(request);
    const text = await request.text();
    if (!text.startsWith(OPENING) || !text.endsWith(CLOSE_REQUEST) || !hasRoom()) {
      const { url, headers, signal } = request;
      return send(new Request(url, { method: "POST", headers, signal, body: text }));
    }
    const use = { since: clock() };
    uses.add(use);
    try {
      return await ask(request, text, take());
    } finally {
      uses.delete(use);
    }
  };
}

/** A pipeline that leaves its stream open, and drops the texts that the client stored in the stream. */
function withoutClose(text: string, baton: string | undefined): { body: string; stored: number } {
  // Inside a statement's own text the quotes would be escaped.
  const ids = Array.from(text.matchAll(/\{"type":"store_sql","sql_id":(\d+),/g), ([, id]) => id);
  const closed = ids.map((id) => `,{"type":"close_sql","sql_id":${id}}`).join("");
  const requests = `${text.slice(1, -CLOSE_REQUEST.length)}${closed}]}`;
  return { body: baton === undefined ? `{${requests}` : `{"baton":${baton},${requests}`, stored: ids.length };
}

/** The results as if the stream had been closed; undefined where they do not have the expected form. */
function withClose(said: string, stored: number): string | undefined {
  const end = `${CLOSE_SQL_RESULT.repeat(stored)}]}`;
  if (!said.endsWith(end)) return undefined;
  const results = said.slice(0, -end.length).replace(BATON, '{"baton":null,"base_url":null,"results":[');
  return results + CLOSE_RESULT;
}

/** The same where the server has closed the stream by itself. */
function withCloseAdded(said: string, stored: number): string {
  try {
    const answer = JSON.parse(said) as { results: unknown[] };
    const results = answer.results.slice(0, answer.results.length - stored);
    return JSON.stringify({ ...answer, baton: null, results: [...results, CLOSED] });
  } catch {
    return said;
  }
}
