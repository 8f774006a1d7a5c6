/** The slowest pace at which a GET may go once its headers are there; a slower body counts as stalled. Bytes a second. */
const SLOWEST_BODY = 256 * 1024;
const BODY_GRACE_MS = 60_000;

/** The bucket did not answer, or its answer was cut short, so that nobody knows what it did. */
export class TransportError extends Error {
  constructor(kind: "NetworkError" | "Timeout", detail: string) {
    super(detail);
    this.name = kind;
  }
}

type Request = {
  method: string;
  protocol: string;
  hostname: string;
  port?: number;
  path: string;
  query?: Record<string, string | string[] | null>;
  headers: Record<string, string>;
  body?: unknown;
};
type Response = { statusCode: number; headers: Record<string, string>; body: unknown };
type Fetch = (url: string, init: RequestInit) => Promise<globalThis.Response>;

/**
 * The SDK's HTTP handler on plain `fetch`, for both Node and workerd. Every answer has a deadline (`requestTimeout`,
 * milliseconds), redirects are not followed, and only an object's own bytes are passed on as a stream.
 */
export function createTransport(send: Fetch) {
  return {
    async handle(
      request: Request,
      options: { requestTimeout?: number } = {},
    ): Promise<{ response: Response }> {
      const deadline = new AbortController();
      const timer = abortLater(deadline, options.requestTimeout ?? BODY_GRACE_MS);
      try {
        const answer = await send(urlOf(request), {
          method: request.method,
          headers: headersOf(request),
          body: bodyOf(request),
          redirect: "manual",
          signal: deadline.signal,
        });
        const streams = answer.ok && answer.body !== null && request.query?.["x-id"] === "GetObject";
        const body = streams ? answer.body : new Uint8Array(await answer.arrayBuffer());
        if (streams) abortLater(deadline, bodyDeadline(answer.headers));
        return {
          response: { statusCode: answer.status, headers: Object.fromEntries(answer.headers), body },
        };
      } catch (error) {
        if (deadline.signal.aborted) throw new TransportError("Timeout", "no answer in time");
        throw new TransportError("NetworkError", networkCode(error));
      } finally {
        clearTimeout(timer);
      }
    },
    destroy() {},
    updateHttpClientConfig() {},
    httpHandlerConfigs: () => ({}),
  };
}

function urlOf({ protocol, hostname, port, path, query }: Request): string {
  const pairs = Object.entries(query ?? {}).flatMap(([name, value]) =>
    [value].flat().map((one) => (one === null ? encode(name) : `${encode(name)}=${encode(one ?? "")}`)),
  );
  const search = pairs.length > 0 ? `?${pairs.join("&")}` : "";
  return `${protocol}//${hostname}${port === undefined ? "" : `:${port}`}${path}${search}`;
}

const encode = encodeURIComponent;

/** `fetch` sets these itself, to the values that were signed. */
const SET_BY_FETCH = new Set(["host", "content-length", "expect"]);

function headersOf(request: Request): [string, string][] {
  return Object.entries(request.headers).filter(([name]) => !SET_BY_FETCH.has(name.toLowerCase()));
}

function bodyOf({ body }: Request): Uint8Array<ArrayBuffer> | string | undefined {
  if (body === undefined || body === null || typeof body === "string") return body ?? undefined;
  if (body instanceof Uint8Array) return body as Uint8Array<ArrayBuffer>;
  throw new TypeError("the bucket's transport sends bytes and text only");
}

function bodyDeadline(headers: Headers): number {
  return BODY_GRACE_MS + (Number(headers.get("content-length") ?? 0) / SLOWEST_BODY) * 1000;
}

function abortLater(controller: AbortController, milliseconds: number) {
  const timer = setTimeout(() => controller.abort(), milliseconds);
  // Otherwise Node would stay alive for this timer. In workerd a timer may be a number.
  if (typeof timer === "object") timer.unref();
  return timer;
}

/** Only the system's short code (such as ECONNREFUSED), because messages may contain addresses. */
function networkCode(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const code = typeof cause === "object" && cause !== null && "code" in cause ? String(cause.code) : "";
  return /^[A-Z_]+$/.test(code) ? code : "connection failed";
}
