import { request, type ClientRequest, type IncomingMessage, type RequestOptions } from "node:http";
import { text } from "node:stream/consumers";

export type Asked = { status: number; body: string };

/** A request and its answer. `fetch` would do, but it costs the supervisor as much memory as all else. */
export async function ask(
  to: URL | RequestOptions,
  options: RequestOptions = {},
  body?: string,
): Promise<Asked> {
  const { asking, answer } = open(to, options);
  asking.end(body);
  return read(await answer);
}

/** A request whose body is still open. */
export function open(to: URL | RequestOptions, options: RequestOptions = {}) {
  const all = { agent: false, ...options };
  const asking: ClientRequest = to instanceof URL ? request(to, all) : request({ ...to, ...all });
  const answer = new Promise<IncomingMessage>((resolve, reject) => {
    asking.once("response", resolve).on("error", reject);
  });
  return { asking, answer };
}

export async function read(answer: IncomingMessage): Promise<Asked> {
  return { status: answer.statusCode ?? 0, body: await text(answer) };
}
